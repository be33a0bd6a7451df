package dev.rondo.replication;

import java.util.random.RandomGenerator;

/** Pauses between attempts: doubling up to a limit, each shortened at random by up to a quarter. */
final class Backoff {

  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private int attempts;

  Backoff(long firstMillis, long mostMillis, RandomGenerator random) {
    this.firstMillis = firstMillis;
    this.mostMillis = mostMillis;
    this.random = random;
  }

  /** The pause before the next attempt. */
  long nextMillis() {
    long pause = Math.min(mostMillis, firstMillis << Math.min(attempts, 20));
    attempts++;
    return pause - random.nextLong(pause / 4 + 1);
  }

  /** How many pauses there have been since the last success. */
  int attempts() {
    return attempts;
  }

  void succeeded() {
    attempts = 0;
  }
}
