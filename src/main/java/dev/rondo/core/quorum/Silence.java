package dev.rondo.core.quorum;

/** How long a write has waited for owners that are only silent, in hedging delays. */
final class Silence {

  /**
   * Delays (a second altogether) until hints count for silent owners: busy machines are silent,
   * too, and the next read would ask these owners and miss the write.
   */
  static final int COUNTED_AFTER = 20;

  /**
   * Delays until silent owners get hints: soon enough to be durable when they count. Sooner they
   * would help nobody, and be one more copy to store and to deliver where all are slow.
   */
  static final int HINTED_AFTER = COUNTED_AFTER / 2;

  private int delays;

  void lasts(int moreDelays) {
    delays += moreDelays;
  }

  boolean leavesHints() {
    return delays >= HINTED_AFTER;
  }

  boolean countsHints() {
    return delays >= COUNTED_AFTER;
  }
}
