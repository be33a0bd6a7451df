package dev.rondo.router;

import dev.rondo.core.quorum.HedgeDelay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The patience of the router: tells every request that has no answer after each hedging delay, and
 * at its deadline.
 *
 * <p>All requests have the same delay at a time, so a queue holds them in the order in which they
 * come due; one timer serves all of them, and none runs while nothing is waiting.
 *
 * <p>Hedges are rationed. When a peer stops, all requests under way may ask another one; when
 * everything is slow, asking twice would only make it slower.
 */
final class Pacer {

  private static final long TICK_MILLIS = 10;
  private static final double HEDGES_SAVED_MAX = 1000;
  private static final double HEDGES_EARNED = 0.1;

  /** Fewer than can be saved: right after a start everything is slow. */
  private static final double HEDGES_AT_FIRST = 20;

  /** Something that waits for answers. */
  interface Waiting {

    /** Whether it has its answer, so that nothing needs to be told any more. */
    boolean isAnswered();

    /**
     * No answer for another hedging delay.
     *
     * @param mayAsk whether somebody else may be asked now
     * @return whether somebody was
     */
    boolean hedge(boolean mayAsk);

    /** No answer at the deadline; it has one when this returns. */
    void expire();
  }

  private record Due(Waiting waiting, boolean first, long hedgeAt, long deadline) {

    Due noLaterThan(long latest) {
      return hedgeAt <= latest ? this : new Due(waiting, first, latest, deadline);
    }
  }

  private final Vertx vertx;
  private final HedgeDelay delay;
  private ArrayDeque<Due> patient = new ArrayDeque<>();
  private List<Due> ending = new ArrayList<>();
  private double hedges = HEDGES_AT_FIRST;
  private boolean ticking;

  Pacer(Vertx vertx, long hedgeMillis) {
    this.vertx = vertx;
    this.delay = new HedgeDelay(hedgeMillis);
  }

  /** Watches over a request that has to end within {@code timeoutMillis}. */
  void watch(Waiting waiting, long timeoutMillis) {
    long now = now();
    hedges = Math.min(HEDGES_SAVED_MAX, hedges + HEDGES_EARNED);
    queue(waiting, true, now, now + timeoutMillis);
    keepTicking();
  }

  /** After how much silence somebody else is asked at present, in milliseconds. */
  long hedgeMillis() {
    return delay.millis();
  }

  /** Completes after {@code millis}. */
  Future<Void> pause(long millis) {
    return vertx.timer(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * The future, or a failure with {@link TimeoutException} on this event loop: {@link
   * Future#timeout} fails a future that belongs to no context on a thread of its own.
   */
  <T> Future<T> within(long millis, Future<T> future) {
    if (future.isComplete()) {
      return future;
    }
    Promise<T> first = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, millis),
            late -> first.tryFail(new TimeoutException("not within " + millis + " ms")));
    future.onComplete(
        value -> {
          vertx.cancelTimer(timer);
          first.tryComplete(value);
        },
        first::tryFail);
    return first.future();
  }

  /** Milliseconds on a clock that nobody sets. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  private void queue(Waiting waiting, boolean first, long now, long deadline) {
    long hedgeAt = now + delay.millis();
    Due due = new Due(waiting, first, hedgeAt, deadline);
    if (hedgeAt < deadline) {
      patient.add(due);
    } else {
      ending.add(due);
    }
  }

  private void keepTicking() {
    if (!ticking) {
      ticking = true;
      vertx.setTimer(TICK_MILLIS, timer -> tick());
    }
  }

  private void tick() {
    ticking = false;
    try {
      long now = now();
      hedge(now);
      review(now);
      expire(now);
    } finally {
      // One request that fails here must not cost all others their deadlines.
      if (!patient.isEmpty() || !ending.isEmpty()) {
        keepTicking();
      }
    }
  }

  private void hedge(long now) {
    for (Due due = patient.peek(); due != null && isOver(due, now); due = patient.peek()) {
      patient.remove();
      boolean answered = due.waiting.isAnswered();
      if (due.first) {
        delay.waited(answered);
      }
      if (!answered) {
        queue(due.waiting, false, now, due.deadline);
        boolean asked = due.waiting.hedge(hedges >= 1);
        hedges -= asked ? 1 : 0;
      }
    }
  }

  /** Nobody is passed by requests that came later and have a shorter delay. */
  private void review(long now) {
    long before = delay.millis();
    delay.review(now);
    long latest = now + delay.millis();
    if (delay.millis() < before) {
      ArrayDeque<Due> sooner = new ArrayDeque<>(patient.size());
      patient.forEach(due -> sooner.add(due.noLaterThan(latest)));
      patient = sooner;
    }
  }

  private static boolean isOver(Due due, long now) {
    return due.hedgeAt <= now || due.waiting.isAnswered();
  }

  private void expire(long now) {
    if (ending.isEmpty()) {
      return;
    }
    List<Due> all = ending;
    // What is watched from inside expire() goes to the new list.
    ending = new ArrayList<>();
    for (Due due : all) {
      if (!due.waiting.isAnswered() && now < due.deadline) {
        ending.add(due);
      }
    }
    for (Due due : all) {
      if (!due.waiting.isAnswered() && now >= due.deadline) {
        due.waiting.expire();
      }
    }
  }
}
