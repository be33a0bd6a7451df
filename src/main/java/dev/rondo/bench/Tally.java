package dev.rondo.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts of one event loop, or of several added up. Not for two threads at once. */
final class Tally {

  private static final long HIGHEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 3;

  private final Histogram reads = new Histogram(HIGHEST_MICROS, DIGITS);
  private final Histogram writes = new Histogram(HIGHEST_MICROS, DIGITS);
  private final Map<String, Long> labels = new TreeMap<>();
  private long failed;
  private long lastSuccess = Long.MIN_VALUE;

  /** Counts a success that came {@code latencyNanos} after it was due. */
  void success(Kind kind, Answer answer, long latencyNanos, long nanos) {
    latency(kind).recordValue(Math.min(HIGHEST_MICROS, Math.max(0, latencyNanos / 1000)));
    labels.merge(answer.label(), 1L, Long::sum);
    lastSuccess = nanos;
  }

  /** Counts failures; how long they took says nothing, so it is not kept. */
  void failures(String label, long count) {
    labels.merge(label, count, Long::sum);
    failed += count;
  }

  void add(Tally other) {
    reads.add(other.reads);
    writes.add(other.writes);
    other.labels.forEach((label, count) -> labels.merge(label, count, Long::sum));
    failed += other.failed;
    lastSuccess = Math.max(lastSuccess, other.lastSuccess);
  }

  /** Latencies of the successes, in microseconds. */
  Histogram latency(Kind kind) {
    return kind == Kind.READ ? reads : writes;
  }

  /** How often each status or failure occurred. */
  Map<String, Long> labels() {
    return labels;
  }

  long succeeded() {
    return reads.getTotalCount() + writes.getTotalCount();
  }

  long failed() {
    return failed;
  }

  /** When the last success came, on {@link System#nanoTime}'s scale; the minimum for none. */
  long lastSuccess() {
    return lastSuccess;
  }
}
