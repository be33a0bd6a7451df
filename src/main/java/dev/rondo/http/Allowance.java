package dev.rondo.http;

/** How many bytes of values may be on their way, in or out, at the same time. */
final class Allowance {

  private long left;

  Allowance(long bytes) {
    this.left = bytes;
  }

  /** Takes some of it; false when there is not so much left. */
  boolean take(int bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  /** Puts back what was taken. */
  void giveBack(int bytes) {
    left += bytes;
  }
}
