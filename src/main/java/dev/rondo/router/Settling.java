package dev.rondo.router;

import dev.rondo.bus.Fitness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * The moments after a start in which a worker and its peers find out who they are and what time it
 * is. Nobody may stamp or coordinate yet, so what comes in waits for the end of them, a bounded
 * time, instead of being refused. They end once and do not come back.
 */
final class Settling {

  /** Whoever has not settled by then has a reason that waiting does not remove. */
  static final long PATIENCE_MILLIS = 3_000;

  private final Promise<Void> over = Promise.promise();
  private final Promise<Void> identified = Promise.promise();
  private final Pacer pacer;

  Settling(View view, Pacer pacer) {
    this.pacer = pacer;
    pacer.pause(PATIENCE_MILLIS).onComplete(passed -> end());
    view.onFitness(this::look);
  }

  private void end() {
    identified.tryComplete();
    over.tryComplete();
  }

  private void look(Fitness fitness) {
    if (fitness.identified()) {
      identified.tryComplete();
    }
    if (fitness.identified() && fitness.clockSound()) {
      over.tryComplete();
    }
  }

  /** Does it when this worker knows who it is, which is enough for a read. */
  <T> Future<T> awaitIdentity(long millis, Supplier<Future<T>> then) {
    return await(identified.future(), millis, then);
  }

  /** Does it when this is over, and in {@code millis} anyway; at once, as nearly always. */
  <T> Future<T> await(long millis, Supplier<Future<T>> then) {
    return await(over.future(), millis, then);
  }

  private <T> Future<T> await(Future<Void> end, long millis, Supplier<Future<T>> then) {
    return end.isComplete()
        ? then.get()
        : pacer.within(millis, end).otherwiseEmpty().compose(passed -> then.get());
  }
}
