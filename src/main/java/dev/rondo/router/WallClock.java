package dev.rondo.router;

import dev.rondo.bus.ClockState;
import dev.rondo.core.version.HybridClock;
import java.util.function.LongSupplier;

/**
 * This machine's wall clock, with an eye on whether somebody has set it.
 *
 * <p>How far the clock is off is judged by comparison with the peers, which takes a moment. A stamp
 * made in that moment could be hours ahead, and would hide every later write of its key. So a clock
 * that has leapt against the steady one is distrusted until the comparison has surely been made.
 */
final class WallClock {

  /** Long enough for several exchanges with the peers. */
  static final long DISTRUST_MILLIS = 2_000;

  private final LongSupplier wallMillis;
  private final LongSupplier steadyMillis;
  private final long leapMillis;
  private long difference;
  private long distrustedUntil;

  /** A clock that takes a change by more than {@code leapMillis} for a leap. */
  WallClock(LongSupplier wallMillis, LongSupplier steadyMillis, long leapMillis) {
    this.wallMillis = wallMillis;
    this.steadyMillis = steadyMillis;
    this.leapMillis = leapMillis;
    this.difference = wallMillis.getAsLong() - steadyMillis.getAsLong();
    this.distrustedUntil = Long.MIN_VALUE;
  }

  /** The clock of this machine. */
  static WallClock ofMachine(long leapMillis) {
    return new WallClock(System::currentTimeMillis, Pacer::now, leapMillis);
  }

  /** Goes on where another one stopped; a leap since then is noticed at the next look. */
  void resume(long wallAheadMillis, long distrustedUntilMillis) {
    difference = wallAheadMillis;
    distrustedUntil = distrustedUntilMillis;
  }

  /** What is known of this clock, with the one that stamps by it. */
  ClockState state(HybridClock clock) {
    return new ClockState(clock, difference, distrustedUntil);
  }

  /** The time, in milliseconds since 1970. */
  long now() {
    long wall = wallMillis.getAsLong();
    long steady = steadyMillis.getAsLong();
    if (Math.abs(wall - steady - difference) > leapMillis) {
      distrustedUntil = steady + DISTRUST_MILLIS;
    }
    difference = wall - steady;
    return wall;
  }

  /** Whether it was not set lately, as seen at the last {@link #now}. */
  boolean isSteady() {
    return steadyMillis.getAsLong() >= distrustedUntil;
  }
}
