package dev.rondo.heartbeat;

import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between attempts to reach the controller; at most one timer runs at a time. */
final class Redial {

  private static final long FIRST_MILLIS = 100;
  private static final long MOST_MILLIS = 1_000;

  /** A refusal is for a person to resolve. */
  private static final long REFUSED_MILLIS = 2_000;

  private static final long NONE = -1;

  private final Vertx vertx;
  private long pause = FIRST_MILLIS;
  private long timer = NONE;
  private boolean closed;

  Redial(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The next pause is a short one again. */
  void succeeded() {
    cancel();
    pause = FIRST_MILLIS;
  }

  /** Whether it failed before, since it last succeeded. */
  boolean isTryingAgain() {
    return pause > FIRST_MILLIS;
  }

  /** Tries again after a pause, each twice as long as the one before, shortened at random. */
  void later(Runnable attempt) {
    after(pause - ThreadLocalRandom.current().nextLong(pause / 4 + 1), attempt);
    pause = Math.min(MOST_MILLIS, 2 * pause);
  }

  void afterRefusal(Runnable attempt) {
    after(REFUSED_MILLIS, attempt);
  }

  /** Instead of what was waited for before. */
  void after(long millis, Runnable action) {
    cancel();
    if (!closed) {
      timer =
          vertx.setTimer(
              millis,
              id -> {
                timer = NONE;
                action.run();
              });
    }
  }

  void close() {
    cancel();
    closed = true;
  }

  private void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
