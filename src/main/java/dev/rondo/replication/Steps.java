package dev.rondo.replication;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One asynchronous step after the other. A chain of as many compositions would complete from its
 * far end, each on the stack of the one before, and there is no limit to their number.
 */
final class Steps {

  private static final long LOOK_MILLIS = 20;

  private Steps() {}

  /** Takes steps for as long as they say that there are more. */
  static Future<Void> repeat(Supplier<Future<Boolean>> step) {
    Promise<Void> over = Promise.promise();
    take(step, over);
    return over.future();
  }

  private static void take(Supplier<Future<Boolean>> step, Promise<Void> over) {
    try {
      Future<Boolean> taken = step.get();
      // Steps that are over at once are not taken on top of each other.
      while (taken.succeeded() && taken.result()) {
        taken = step.get();
      }
      taken.onComplete(more -> go(more, step, over), over::fail);
    } catch (RuntimeException bug) {
      over.fail(bug);
    }
  }

  private static void go(boolean more, Supplier<Future<Boolean>> step, Promise<Void> over) {
    if (more) {
      take(step, over);
    } else {
      over.complete();
    }
  }

  /** Completes when it holds; looks a few times a second, for what nobody tells of. */
  static Future<Void> until(Vertx vertx, BooleanSupplier holds) {
    return repeat(
        () ->
            holds.getAsBoolean()
                ? Future.succeededFuture(false)
                : vertx.timer(LOOK_MILLIS, TimeUnit.MILLISECONDS).map(again -> true));
  }

  /** Takes one step for each of them. */
  static <T> Future<Void> each(Iterator<T> all, Function<T, Future<?>> step) {
    return repeat(
        () ->
            all.hasNext()
                ? step.apply(all.next()).map(done -> true)
                : Future.succeededFuture(false));
  }
}
