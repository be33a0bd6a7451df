package dev.rondo.replication;

/**
 * Judges by the latencies of the clients whether work without hurry should stand back. What is
 * usual is learned while there is no such work; when p99 rises well above it, pauses get longer
 * step by step, up to a limit so that the work is done at some time.
 */
final class Courtesy {

  private static final int REQUESTS_MIN = 20;
  private static final double LEARNING = 0.1;
  private static final double SLACK_MILLIS = 2;
  private static final long PAUSE_MIN = 50;
  private static final long PAUSE_MAX = 2_000;

  private double usual = Double.NaN;
  private long pause;

  /** The latencies of about a second; {@code working} while there was such work. */
  void heard(double p99Millis, long requests, boolean working) {
    if (requests < REQUESTS_MIN) {
      pause = 0;
      return;
    }
    if (Double.isNaN(usual) || p99Millis < usual) {
      usual = p99Millis;
    } else if (!working) {
      usual += LEARNING * (p99Millis - usual);
    }
    boolean slow = working && p99Millis > 2 * usual + SLACK_MILLIS;
    pause = slow ? Math.min(PAUSE_MAX, Math.max(PAUSE_MIN, 2 * pause)) : relaxed();
  }

  private long relaxed() {
    return pause <= PAUSE_MIN ? 0 : pause / 2;
  }

  /** How long to pause before the next step, in milliseconds. */
  long pauseMillis() {
    return pause;
  }
}
