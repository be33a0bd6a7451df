/** What a node holds to be true, on a real bus with a storage that is only pretended. */
@NullMarked
package dev.rondo.heartbeat;

import org.jspecify.annotations.NullMarked;
