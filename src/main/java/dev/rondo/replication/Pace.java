package dev.rondo.replication;

import java.util.concurrent.TimeUnit;

/** The bytes a second that all repairs of this worker share. */
final class Pace {

  private final long bytesPerSecond;
  private long paidNanos;

  Pace(long bytesPerSecond, long nowNanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.paidNanos = nowNanos;
  }

  /** Spends bytes; returns how many milliseconds to wait before the next ones. */
  long spend(long bytes, long nowNanos) {
    double seconds = (double) bytes / bytesPerSecond;
    long from = paidNanos - nowNanos > 0 ? paidNanos : nowNanos;
    paidNanos = from + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    return TimeUnit.NANOSECONDS.toMillis(paidNanos - nowNanos);
  }
}
