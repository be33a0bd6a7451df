package dev.rondo.bench;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of load, shared by every lane that runs it.
 *
 * @param purpose for the progress line
 * @param startNanos on {@link System#nanoTime}'s scale
 * @param duration after which no operation starts any more; null for as long as there are any
 * @param gaps where successes are reported
 * @param done operations that ended
 * @param failures those of them that failed
 */
record Stretch(
    String purpose,
    long startNanos,
    @Nullable Duration duration,
    Gaps gaps,
    LongAdder done,
    LongAdder failures) {

  static Stretch from(String purpose, long startNanos, @Nullable Duration duration, int targets) {
    return new Stretch(
        purpose,
        startNanos,
        duration,
        new Gaps(targets, startNanos),
        new LongAdder(),
        new LongAdder());
  }

  boolean isOver(long nanos) {
    return duration != null && nanos - startNanos >= duration.toNanos();
  }
}
