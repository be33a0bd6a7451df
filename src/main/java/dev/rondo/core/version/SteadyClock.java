package dev.rondo.core.version;

/**
 * The wall clock without its jumps.
 *
 * <p>It shows what the wall clock showed in the beginning plus the time that has passed since, so
 * that nothing is stamped with the time of a clock that was just set wrong. Small corrections are
 * followed; a jump is followed only when it leads towards the peers' time.
 */
public final class SteadyClock {

  /** Corrections up to this are those of a time service that does its work. */
  private static final long CORRECTION_MILLIS_MAX = 50;

  private long aheadOfMonotonic;

  /** A clock that begins with what the wall clock shows. */
  public SteadyClock(long wallMillis, long monotonicMillis) {
    this.aheadOfMonotonic = wallMillis - monotonicMillis;
  }

  /** The time, milliseconds since 1970. */
  public long millis(long monotonicMillis) {
    return monotonicMillis + aheadOfMonotonic;
  }

  /**
   * Compares with the wall clock, and returns by how much this clock was moved because of it.
   *
   * @param peersAheadMillis how far the peers' common time is ahead of this clock, 0 without peers
   */
  public long follow(long wallMillis, long monotonicMillis, long peersAheadMillis) {
    long jump = wallMillis - millis(monotonicMillis);
    boolean correction = Math.abs(jump) <= CORRECTION_MILLIS_MAX;
    boolean nearer = Math.abs(peersAheadMillis - jump) < Math.abs(peersAheadMillis);
    if (!correction && !nearer) {
      return 0;
    }
    aheadOfMonotonic += jump;
    return jump;
  }
}
