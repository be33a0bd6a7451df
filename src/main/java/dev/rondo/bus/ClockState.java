package dev.rondo.bus;

import dev.rondo.core.version.HybridClock;

/**
 * The clock of the verticle that stamps, which is one for all its generations: what the former one
 * has under way may still stamp, on the same event loop.
 */
public record ClockState(HybridClock clock) implements Handover {}
