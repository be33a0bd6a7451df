package dev.rondo.heartbeat;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Decides when a report is sent: at once when there is news, but not too often. */
final class Reporter {

  private static final long PAUSE_MILLIS = 250;
  private static final long NONE = -1;

  private final Vertx vertx;
  private final Runnable send;
  private long notBefore = nowMillis();
  private long timer = NONE;

  Reporter(Vertx vertx, Runnable send) {
    this.vertx = vertx;
    this.send = send;
  }

  /** There is something new to tell. */
  void changed() {
    if (timer != NONE) {
      return;
    }
    long wait = notBefore - nowMillis();
    if (wait <= 0) {
      report();
    } else {
      timer =
          vertx.setTimer(
              wait,
              id -> {
                timer = NONE;
                report();
              });
    }
  }

  /** Tells nothing for a moment, as something is about to change. */
  void hold() {
    stop();
    notBefore = nowMillis() + PAUSE_MILLIS;
  }

  void stop() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }

  private void report() {
    notBefore = nowMillis() + PAUSE_MILLIS;
    send.run();
  }

  static long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
