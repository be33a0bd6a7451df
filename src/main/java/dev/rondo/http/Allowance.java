package dev.rondo.http;

/** How many bytes of values may be on their way, in or out, at the same time. */
final class Allowance {

  private long left;

  Allowance(long bytes) {
    this.left = bytes;
  }

  /** Takes some of it; false when there is not so much left. */
  boolean take(int bytes) {
    return takeUpTo(0, bytes);
  }

  /** Takes some of it, if {@code rest} is left then. */
  boolean takeUpTo(long rest, int bytes) {
    if (left - bytes < rest) {
      return false;
    }
    left -= bytes;
    return true;
  }

  /** Takes what may not be there. */
  void overdraw(int bytes) {
    left -= bytes;
  }

  /** Whether so much of it is left. */
  boolean has(long bytes) {
    return left >= bytes;
  }

  /** Puts back what was taken. */
  void giveBack(int bytes) {
    left += bytes;
  }
}
