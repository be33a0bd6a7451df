package dev.rondo.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Clients that send the next operation when the last one was answered. Each keeps to one target, so
 * that a target that hangs holds up its own clients only.
 */
final class ClosedLoop {

  /** How long a client waits that got no answer: it would otherwise do nothing but fail. */
  private static final long PAUSE_MILLIS = 10;

  private final Vertx vertx;
  private final Sender sender;
  private final Source source;
  private final Stretch stretch;
  private final Promise<Void> ended = Promise.promise();
  private int active;

  ClosedLoop(Vertx vertx, Sender sender, Source source, Stretch stretch) {
    this.vertx = vertx;
    this.sender = sender;
    this.source = source;
    this.stretch = stretch;
  }

  /** Runs the clients with the numbers {@code first}, {@code first + step} … below {@code end}. */
  Future<Void> start(int first, int step, int end) {
    active = 1;
    for (int client = first; client < end; client += step) {
      active++;
      next(client);
    }
    leave();
    return ended.future();
  }

  private void next(int client) {
    long now = System.nanoTime();
    Operation operation = stretch.isOver(now) ? null : source.next();
    if (operation == null) {
      leave();
    } else {
      sender.send(client, operation, now).onSuccess(answer -> answered(client, answer));
    }
  }

  private void answered(int client, Answer answer) {
    if (answer.status() == 0) {
      vertx.setTimer(PAUSE_MILLIS, timer -> next(client));
    } else {
      next(client);
    }
  }

  private void leave() {
    if (--active == 0) {
      ended.complete();
    }
  }
}
