package dev.rondo.replication;

/** Notices that this process did not run for a while, by a look that is due at a fixed interval. */
final class PauseWatch {

  private final long intervalMillis;
  private final long toleratedMillis;
  private long lookedMillis;

  /** Looks every {@code intervalMillis}; a look may be late by {@code toleratedMillis}. */
  PauseWatch(long intervalMillis, long toleratedMillis, long nowMillis) {
    this.intervalMillis = intervalMillis;
    this.toleratedMillis = toleratedMillis;
    this.lookedMillis = nowMillis;
  }

  /** Looks; returns whether this look is so late that others may have missed this process. */
  boolean wasPaused(long nowMillis) {
    long late = nowMillis - lookedMillis - intervalMillis;
    lookedMillis = nowMillis;
    return late > toleratedMillis;
  }
}
