package dev.rondo.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries again for a while what can be repeated: nodes restart, and quorums come back. */
final class Patience {

  private static final long PAUSE_MILLIS = 200;
  private static final long PAUSE_MILLIS_MAX = 2_000;

  private final Duration limit;

  Patience(Duration limit) {
    this.limit = limit;
  }

  /** Does it until it is done, refused for good, or out of reach for too long. */
  <T> T insist(Supplier<T> attempt) {
    long end = System.nanoTime() + limit.toNanos();
    for (long pause = PAUSE_MILLIS; ; pause = Math.min(PAUSE_MILLIS_MAX, 2 * pause)) {
      try {
        return attempt.get();
      } catch (Refused refused) {
        if (!isPassing(refused) || System.nanoTime() - end >= 0) {
          throw refused;
        }
        pause(pause);
      }
    }
  }

  /** A write may be repeated as well when nobody knows whether it applies. */
  private static boolean isPassing(Refused refused) {
    return refused.exit() == Exits.UNAVAILABLE || refused.exit() == Exits.UNKNOWN;
  }

  private static void pause(long millis) {
    try {
      boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Exits.FAILED, "interrupted");
    }
  }
}
