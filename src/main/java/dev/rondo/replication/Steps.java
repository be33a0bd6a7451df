package dev.rondo.replication;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One asynchronous step after the other. A chain of as many compositions would complete from its
 * far end, each on the stack of the one before, and there is no limit to their number.
 */
final class Steps {

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

  /** Takes one step for each of them. */
  static <T> Future<Void> each(Iterator<T> all, Function<T, Future<?>> step) {
    return repeat(
        () ->
            all.hasNext()
                ? step.apply(all.next()).map(done -> true)
                : Future.succeededFuture(false));
  }
}
