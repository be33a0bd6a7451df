package dev.rondo.bench;

import java.time.Duration;

/**
 * Refuses impossible options with a message that names the option, its value and what is allowed.
 */
final class Range {

  private Range() {}

  static void check(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, allowed: %d to %d".formatted(option, value, least, most));
    }
  }

  static void check(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %d ms, allowed: %d to %d ms"
              .formatted(option, value.toMillis(), least.toMillis(), most.toMillis()));
    }
  }
}
