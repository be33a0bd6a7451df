package dev.rondo.core.version;

/**
 * The wall clock without its leaps: it shows what the wall clock showed in the beginning plus the
 * time that has passed since. Small corrections of the wall clock are followed; a leap is not,
 * because nobody knows yet whether it led to the right time or away from it.
 */
public final class SteadyClock {

  /** Corrections up to this are those of a time service that does its work. */
  private static final long CORRECTION_MILLIS_MAX = 50;

  private long timeAhead;
  private long wallAhead;

  /** A clock that begins with what the wall clock shows. */
  public SteadyClock(long wallMillis, long monotonicMillis) {
    wallAhead = wallMillis - monotonicMillis;
    timeAhead = wallAhead;
  }

  /** The time, milliseconds since 1970. */
  public long millis(long monotonicMillis) {
    return monotonicMillis + timeAhead;
  }

  /**
   * Looks at the wall clock; to be done at least every second.
   *
   * @return by how many milliseconds that one has leapt since the last look (negative: back)
   */
  public long look(long wallMillis, long monotonicMillis) {
    long change = wallMillis - monotonicMillis - wallAhead;
    wallAhead += change;
    if (Math.abs(change) > CORRECTION_MILLIS_MAX) {
      return change;
    }
    timeAhead += change;
    return 0;
  }

  /** Puts the clock forward (negative: back). */
  public void move(long byMillis) {
    timeAhead += byMillis;
  }
}
