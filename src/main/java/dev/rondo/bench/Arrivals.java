package dev.rondo.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the operations of an open loop are due: evenly spaced, whatever became of those before.
 *
 * @param startNanos when the first one is due
 * @param rate a second
 * @param total how many there are
 */
record Arrivals(long startNanos, double rate, long total) {

  private static final double SECOND = 1e9;

  /** Those that are due within the duration, at most {@code most}. */
  static Arrivals within(@Nullable Duration duration, long startNanos, double rate, long most) {
    if (duration == null) {
      return new Arrivals(startNanos, rate, most);
    }
    long fitting = (long) Math.ceil(duration.toNanos() / SECOND * rate);
    return new Arrivals(startNanos, rate, Math.min(fitting, most));
  }

  /** How many are due by then. */
  long due(long nanos) {
    if (nanos < startNanos) {
      return 0;
    }
    return Math.min(total, (long) ((nanos - startNanos) / SECOND * rate) + 1);
  }

  /** When the one with this number, from 0, is due. */
  long at(long number) {
    return startNanos + (long) (number / rate * SECOND);
  }
}
