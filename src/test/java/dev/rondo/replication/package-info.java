/** Replication on a real bus and real loopback connections; storage and router are stubs. */
@NullMarked
package dev.rondo.replication;

import org.jspecify.annotations.NullMarked;
