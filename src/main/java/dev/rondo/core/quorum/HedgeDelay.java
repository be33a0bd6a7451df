package dev.rondo.core.quorum;

/**
 * After how much silence another worker is asked as well: the configured delay, and up to {@value
 * #FACTOR_MAX} times that while most requests take longer.
 *
 * <p>A hedge is good against one worker that hangs. When all are slow, because the load or a start
 * keeps every processor busy, silence says nothing about anybody, and asking twice makes it worse.
 *
 * @see <a href="https://doi.org/10.1145/2408776.2408794">Dean and Barroso, The Tail at Scale: hedge
 *     behind the time that nearly all requests need</a>
 */
public final class HedgeDelay {

  static final int FACTOR_MAX = 8;

  /** How long is watched before the delay is changed. */
  static final long REVIEW_MILLIS = 250;

  /** Fewer requests tell nothing. */
  static final int SAMPLE_MIN = 10;

  private final long baseMillis;
  private long millis;
  private long reviewAt;
  private int due;
  private int late;

  /** The delay that is configured, in milliseconds. */
  public HedgeDelay(long baseMillis) {
    this.baseMillis = baseMillis;
    this.millis = baseMillis;
  }

  /** The delay in force, in milliseconds. */
  public long millis() {
    return millis;
  }

  /** A request has waited for the whole delay, or was answered before. */
  public void waited(boolean answered) {
    due++;
    late += answered ? 0 : 1;
  }

  /** Changes the delay, where it is time and the requests since the last time suggest it. */
  public void review(long nowMillis) {
    if (nowMillis < reviewAt || due < SAMPLE_MIN) {
      return;
    }
    reviewAt = nowMillis + REVIEW_MILLIS;
    if (late > due / 2) {
      millis = Math.min(2 * millis, FACTOR_MAX * baseMillis);
    } else if (late < due / 8) {
      millis = Math.max(millis / 2, baseMillis);
    }
    due = 0;
    late = 0;
  }
}
