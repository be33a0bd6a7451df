package dev.rondo.http;

/** One client connection: whether it is served, and since when it has nothing to do. */
final class Seat {

  private final boolean surplus;
  private int requests;
  private long restingSinceNanos;

  public Seat(boolean surplus, long nowNanos) {
    this.surplus = surplus;
    this.restingSinceNanos = nowNanos;
  }

  /** Whether it came when all places were taken. */
  public boolean isSurplus() {
    return surplus;
  }

  public void begin() {
    requests++;
  }

  public void end(long nowNanos) {
    requests--;
    restingSinceNanos = nowNanos;
  }

  /** Whether no request is being served, and none was for so long. */
  public boolean rests(long nowNanos, long forNanos) {
    return requests == 0 && nowNanos - restingSinceNanos > forNanos;
  }
}
