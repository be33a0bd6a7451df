package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.function.Function;

/** Works through items on one event loop, a fixed number of them at a time. */
final class Crowd<T> {

  private final Iterator<T> items;
  private final Function<T, Future<?>> work;
  private final Promise<Void> ended = Promise.promise();
  private int active;

  private Crowd(Iterator<T> items, Function<T, Future<?>> work) {
    this.items = items;
    this.work = work;
  }

  /** Fails with the first piece of work that does, and starts none after that. */
  static <T> Future<Void> work(
      Vertx vertx, int width, Iterator<T> items, Function<T, Future<?>> work) {
    Crowd<T> crowd = new Crowd<>(items, work);
    vertx.runOnContext(none -> crowd.start(width));
    return crowd.ended.future();
  }

  private void start(int width) {
    active = 1;
    for (int i = 0; i < width; i++) {
      active++;
      next();
    }
    leave();
  }

  private void next() {
    if (!items.hasNext() || ended.future().isComplete()) {
      leave();
      return;
    }
    work.apply(items.next())
        .onComplete(
            done -> {
              if (done.failed()) {
                ended.tryFail(done.cause());
              }
              next();
            });
  }

  private void leave() {
    if (--active == 0) {
      ended.tryComplete();
    }
  }
}
