package dev.rondo.controller;

import java.time.Duration;
import java.util.Optional;

/**
 * When a worker that died is started again: after 1 s, 2 s, 4 s … 30 s, as long as it keeps dying
 * young; not at all any more after ten times in a row.
 */
final class RestartSchedule {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);
  static final Duration STABLE = Duration.ofSeconds(60);
  static final int FAILURES_MAX = 10;

  private int failures;

  /** How long to wait now that it died after {@code lived}; empty to give up. */
  Optional<Duration> afterDeath(Duration lived) {
    failures = lived.compareTo(STABLE) >= 0 ? 1 : failures + 1;
    if (failures >= FAILURES_MAX) {
      return Optional.empty();
    }
    Duration doubled = FIRST.multipliedBy(1L << (failures - 1));
    return Optional.of(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
  }

  /** The last death does not count. */
  void forgive() {
    failures = Math.max(0, failures - 1);
  }

  /** Deaths in a row, each before the worker was stable. */
  int failures() {
    return failures;
  }
}
