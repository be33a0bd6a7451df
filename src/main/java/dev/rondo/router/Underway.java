package dev.rondo.router;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** How many requests of one kind have begun and are not settled; bounded, for the memory's sake. */
final class Underway {

  private static final int MAX = 20_000;

  private int count;
  private @Nullable Promise<Void> idle;

  boolean isFull() {
    return count >= MAX;
  }

  int count() {
    return count;
  }

  void begun() {
    count++;
  }

  void settled() {
    count--;
    tellWhenIdle();
  }

  /** Completes when none is under way. */
  Future<Void> idle() {
    Promise<Void> promise = Promise.promise();
    idle = promise;
    tellWhenIdle();
    return promise.future();
  }

  private void tellWhenIdle() {
    if (count == 0 && idle != null) {
      idle.tryComplete();
    }
  }
}
