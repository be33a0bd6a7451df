package dev.rondo.router;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The patience of the router: tells every request that has no answer after the hedging delay, and
 * again at its deadline.
 *
 * <p>All requests have the same delay, so a queue holds them in the order in which they come due;
 * one timer serves all of them, and none runs while nothing is waiting.
 */
final class Pacer {

  private static final long TICK_MILLIS = 10;

  /** Something that waits for answers. */
  interface Waiting {

    /** Whether it has its answer, so that nothing needs to be told any more. */
    boolean isAnswered();

    /** No answer after the hedging delay. */
    void hedge();

    /** No answer at the deadline. */
    void expire();
  }

  private record Due(Waiting waiting, long hedgeAt, long deadline) {}

  private final Vertx vertx;
  private final long hedgeMillis;
  private final ArrayDeque<Due> fresh = new ArrayDeque<>();
  private final List<Due> hedged = new ArrayList<>();
  private boolean ticking;

  Pacer(Vertx vertx, long hedgeMillis) {
    this.vertx = vertx;
    this.hedgeMillis = hedgeMillis;
  }

  /** Watches over a request that has to end within {@code timeoutMillis}. */
  void watch(Waiting waiting, long timeoutMillis) {
    long now = now();
    long deadline = now + timeoutMillis;
    fresh.add(new Due(waiting, Math.min(now + hedgeMillis, deadline), deadline));
    keepTicking();
  }

  /** Milliseconds on a clock that nobody sets. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private void keepTicking() {
    if (!ticking) {
      ticking = true;
      vertx.setTimer(TICK_MILLIS, timer -> tick());
    }
  }

  private void tick() {
    long now = now();
    for (Due due = fresh.peek(); due != null && isOver(due, now); due = fresh.peek()) {
      fresh.remove();
      if (!due.waiting.isAnswered()) {
        due.waiting.hedge();
        hedged.add(due);
      }
    }
    hedged.removeIf(due -> isSettled(due, now));
    ticking = false;
    if (!fresh.isEmpty() || !hedged.isEmpty()) {
      keepTicking();
    }
  }

  private static boolean isOver(Due due, long now) {
    return due.waiting.isAnswered() || due.hedgeAt <= now;
  }

  private static boolean isSettled(Due due, long now) {
    if (!due.waiting.isAnswered() && due.deadline <= now) {
      due.waiting.expire();
    }
    return due.waiting.isAnswered();
  }
}
