/**
 * The only way to the peers: gRPC streams out and in, this worker's own opinion of who is
 * reachable, hints on their way to their owners, and the rebuilding of a worker that lost its data.
 * Start at {@link dev.rondo.replication.ReplicationVerticle}.
 *
 * <p>Outwards, {@link dev.rondo.replication.Peers} holds one {@link dev.rondo.replication.PeerLink}
 * to each other member; inwards, {@link dev.rondo.replication.PeerServer} has one {@link
 * dev.rondo.replication.Inbound} for each that calls. Generated protobuf is turned into the
 * messages of the bus, and back, by the classes whose names start with {@code Wire} and nowhere
 * else. When copies are compared and made equal is decided in {@link dev.rondo.replication.Repair}.
 */
@NullMarked
package dev.rondo.replication;

import org.jspecify.annotations.NullMarked;
