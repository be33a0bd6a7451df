/**
 * Thousands of clusters in one thread: the pure core, driven by thin stand-ins for the verticles,
 * under every fault that a seed can think of.
 *
 * <p>Start with {@link dev.rondo.simulation.Simulation} (one run), {@link
 * dev.rondo.simulation.History} (what must hold) and {@link dev.rondo.simulation.SimulationTest}
 * (how to replay a seed).
 */
@NullMarked
package dev.rondo.simulation;

import org.jspecify.annotations.NullMarked;
