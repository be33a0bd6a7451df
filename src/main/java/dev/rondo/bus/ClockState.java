package dev.rondo.bus;

import dev.rondo.core.version.HybridClock;

/**
 * The clock of the verticle that stamps, which is one for all its generations: what the former one
 * has under way may still stamp, on the same event loop.
 *
 * @param wallAheadMillis how far the wall clock was ahead of the steady one
 * @param distrustedUntilMillis until when the wall clock is not to be relied on, by the steady one
 */
public record ClockState(HybridClock clock, long wallAheadMillis, long distrustedUntilMillis)
    implements Handover {}
