package dev.rondo.core.version;

/**
 * A hybrid logical clock: follows the wall clock, never runs backwards, and is moved past every
 * version it is shown.
 *
 * <p>It may stamp only below a <em>high-water mark</em> that was made durable first. A worker that
 * starts again starts at its mark, so that it never stamps the same version twice, whatever its
 * wall clock says by then.
 *
 * @see <a href="https://cse.buffalo.edu/tech-reports/2014-04.pdf">Logical Physical Clocks, figure
 *     5</a>
 */
public final class HybridClock {

  private final int worker;
  private long last;
  private long highWaterMillis;
  private long askedMillis;

  /** A clock for {@code worker} that stamps only after {@code highWaterMillis}. */
  public HybridClock(int worker, long highWaterMillis) {
    this.worker = worker;
    this.highWaterMillis = highWaterMillis;
    this.askedMillis = highWaterMillis;
    this.last = highWaterMillis << 16;
  }

  /** Whether {@link #next} would pass the high-water mark, so that it has to be raised first. */
  public boolean needsReservation(long nowMillis) {
    return upcoming(nowMillis) >>> 16 >= highWaterMillis;
  }

  /**
   * The mark to make durable when {@code millis} would do: never below one that was asked for
   * before, so that in whichever order they are confirmed, the last one written is the highest.
   */
  public long asking(long millis) {
    askedMillis = Math.max(askedMillis, millis);
    return askedMillis;
  }

  /** Allows stamps below {@code millis}, which is durable by now. */
  public void reserved(long millis) {
    highWaterMillis = Math.max(highWaterMillis, millis);
  }

  /** The mark below which stamps are allowed, milliseconds since 1970. */
  public long highWaterMillis() {
    return highWaterMillis;
  }

  /** A version later than every one stamped or observed here before. */
  public Version next(long nowMillis) {
    if (needsReservation(nowMillis)) {
      throw new IllegalStateException("stamping past the durable high-water mark");
    }
    last = upcoming(nowMillis);
    return new Version(last, worker);
  }

  /** Moves this clock past a version that somebody else made. */
  public void observe(Version seen) {
    last = Math.max(last, seen.timestamp());
  }

  /** The latest timestamp stamped or observed, as in {@link Version#timestamp}. */
  public long last() {
    return last;
  }

  /** How far stamps would be ahead of the wall clock, in milliseconds. */
  public long aheadMillis(long nowMillis) {
    return (upcoming(nowMillis) >>> 16) - nowMillis;
  }

  private long upcoming(long nowMillis) {
    return Math.max(Math.max(nowMillis, 0) << 16, last + 1);
  }
}
