package dev.rondo.time;

import dev.rondo.core.version.SteadyClock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What time it is, for everything in a node that stamps or judges versions. The time runs with the
 * machine's wall clock but does not leap with it; whoever talks to the peers says how good it is.
 * Any thread may ask.
 */
public final class NodeClock {

  private final LongSupplier wallMillis;
  private final LongSupplier monotonicMillis;
  private final SteadyClock steady;
  private Steps steps = Steps.NONE;
  private long floorMillis;
  private volatile Trust trust = new Trust(false, 0);

  /** What has happened to the clocks since the start, in milliseconds forward, all added up. */
  public record Steps(long leaptMillis, long movedMillis) {

    /** Before anything has happened. */
    public static final Steps NONE = new Steps(0, 0);
  }

  /**
   * What the comparison with the peers says.
   *
   * @param sound whether the time agrees with theirs, so that versions may be made by it
   * @param aheadMillis how far the time by which to judge versions is ahead of ours
   */
  public record Trust(boolean sound, long aheadMillis) {}

  /** A clock that begins with what the wall clock shows. */
  public NodeClock(LongSupplier wallMillis, LongSupplier monotonicMillis) {
    this.wallMillis = wallMillis;
    this.monotonicMillis = monotonicMillis;
    this.steady = new SteadyClock(wallMillis.getAsLong(), monotonicMillis.getAsLong());
  }

  /** The clock of this machine. */
  public static NodeClock ofMachine() {
    return new NodeClock(
        System::currentTimeMillis, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /** The time, milliseconds since 1970. */
  public synchronized long millis() {
    return steady.millis(monotonicMillis.getAsLong());
  }

  /** What the machine's wall clock shows. */
  public long wallMillis() {
    return wallMillis.getAsLong();
  }

  /** Looks at the wall clock; to be done at least every second. */
  public synchronized Steps look() {
    long leap = steady.look(wallMillis.getAsLong(), monotonicMillis.getAsLong());
    steps = new Steps(steps.leaptMillis + leap, steps.movedMillis);
    return steps;
  }

  /** Puts the time forward (negative: back). */
  public synchronized void move(long byMillis) {
    steady.move(byMillis);
    steps = new Steps(steps.leaptMillis, steps.movedMillis + byMillis);
  }

  /** Puts the time forward where it is earlier than this, which it never follows a leap below. */
  public synchronized void notBefore(long millis) {
    floorMillis = Math.max(floorMillis, millis);
    move(Math.max(0, millis - millis()));
  }

  /** Follows a leap of the wall clock after all, as far as that is allowed. */
  public synchronized void follow(long leapMillis) {
    long now = millis();
    move(Math.max(leapMillis, Math.min(0, floorMillis - now)));
  }

  /** What is found out about this clock. */
  public void judged(Trust news) {
    trust = news;
  }

  /** How far this clock is to be trusted. */
  public Trust trust() {
    return trust;
  }
}
