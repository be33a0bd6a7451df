/**
 * Who notices that a worker's process has gone or come. Hazelcast does, for the heartbeat of a
 * worker and for the controller; nothing else is told by it.
 */
@NullMarked
package dev.rondo.membership;

import org.jspecify.annotations.NullMarked;
