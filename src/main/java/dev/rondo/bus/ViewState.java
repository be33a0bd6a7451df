package dev.rondo.bus;

import dev.rondo.core.accord.Acceptor;
import dev.rondo.core.member.Topology;

/**
 * What the verticle that owns this node's view has found out and promised.
 *
 * @param acceptor what this worker has promised in agreeing on the next state, which is durable
 */
public record ViewState(Topology topology, Fitness fitness, Acceptor acceptor)
    implements Handover {}
