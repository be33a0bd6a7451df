/**
 * How the verticles of one node talk: {@link dev.rondo.bus.Bus} asks, serves, publishes and
 * subscribes with typed messages, {@link dev.rondo.bus.Addresses} lists every conversation there
 * is. Messages are deeply immutable records and are passed by reference, never copied, never to
 * another node.
 *
 * <p>An outcome that the domain knows is a case of a sealed answer; a fault is a failed future.
 */
@NullMarked
package dev.rondo.bus;

import org.jspecify.annotations.NullMarked;
