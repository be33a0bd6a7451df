package dev.rondo.bench;

import java.time.Duration;

/**
 * How load is put on the targets, whichever they are.
 *
 * @param clients of a closed loop, each waiting for its answers; in an open loop the connections
 * @param rate arrivals a second of an open loop; 0 for a closed one
 * @param lanes event loops
 * @param duration of the measurement
 * @param operations at most; 0 for as many as the duration allows
 * @param warmup before the measurement; zero for none
 * @param preload whether every key is written first, and a missing one is therefore a failure
 * @param timeout of one request
 * @param slice of the duration, when two sides take turns
 */
record Plan(
    Workload workload,
    int clients,
    double rate,
    int lanes,
    Duration duration,
    long operations,
    Duration warmup,
    boolean preload,
    Duration timeout,
    Duration slice) {

  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int RATE_MAX = 10_000_000;

  Plan {
    Range.check("--clients", clients, 1, 100_000);
    Range.check("--event-loops", lanes, 1, Math.min(256, clients));
    Range.check("--operations", operations, 0, Long.MAX_VALUE);
    Range.check("--duration", duration, MILLISECOND, WEEK);
    Range.check("--warmup", warmup, Duration.ZERO, WEEK);
    Range.check("--timeout", timeout, MILLISECOND, WEEK);
    Range.check("--slice", slice, MILLISECOND, WEEK);
    if (!(rate >= 0 && rate <= RATE_MAX)) {
      throw new IllegalArgumentException(
          "--rate is %s, allowed: 0 to %d".formatted(rate, RATE_MAX));
    }
  }

  boolean isOpen() {
    return rate > 0;
  }

  /** The part of {@code total} that falls to one of the lanes. */
  long share(long total, int lane) {
    return total / lanes + (lane < total % lanes ? 1 : 0);
  }

  /** How many pairs of slices fit into the duration, at least one. */
  int pairs() {
    return (int) Math.max(1, duration.toMillis() / slice.toMillis());
  }
}
