package dev.rondo.api;

/** One client connection: whether it is served, and since when it has nothing to do. */
final class Seat {

  private final boolean surplus;
  private int requests;
  private long restingSinceNanos;

  Seat(boolean surplus, long nowNanos) {
    this.surplus = surplus;
    this.restingSinceNanos = nowNanos;
  }

  /** Whether it came when all places were taken. */
  boolean isSurplus() {
    return surplus;
  }

  void begin() {
    requests++;
  }

  void end(long nowNanos) {
    requests--;
    restingSinceNanos = nowNanos;
  }

  /** Whether no request is being served, and none was for so long. */
  boolean rests(long nowNanos, long forNanos) {
    return requests == 0 && nowNanos - restingSinceNanos > forNanos;
  }
}
