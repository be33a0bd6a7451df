package dev.rondo.controller;

import java.time.Duration;
import java.util.Optional;

/**
 * When a worker that died is started again: after 1 s, 2 s, 4 s … 30 s, as long as it keeps dying
 * young; not at all any more after ten times in a row. When there was not even a process it is
 * tried for ever, with the same pauses.
 */
final class RestartSchedule {
  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);
  static final Duration STABLE = Duration.ofSeconds(60);
  static final int FAILURES_MAX = 10;
  private static final int DOUBLINGS = 5;

  private int failures;
  private int failuresToBegin;

  /** How long to wait now that it died after {@code lived}; empty to give up. */
  Optional<Duration> afterDeath(Duration lived) {
    failures = lived.compareTo(STABLE) >= 0 ? 1 : failures + 1;
    if (failures >= FAILURES_MAX) {
      return Optional.empty();
    }
    return Optional.of(pause(failures));
  }

  /** How long to wait now that its process could not be started. */
  Duration afterFailure() {
    return pause(++failuresToBegin);
  }

  /** There is a process. */
  void begun() {
    failuresToBegin = 0;
  }

  private static Duration pause(int failures) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
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
