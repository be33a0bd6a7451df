package dev.rondo.controller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker that answers at its address but keeps its data elsewhere: it is left in peace. */
final class ForeignWorker implements WorkerProcess {
  private static final Logger log = LoggerFactory.getLogger(ForeignWorker.class);
  private static final long LOOK_EVERY_MILLIS = 1000;
  private static final int SILENCES_MAX = 3;

  private final Vertx vertx;
  private final int worker;
  private final Supplier<Future<Boolean>> answers;
  private final Promise<String> exit = Promise.promise();
  private int silences;

  ForeignWorker(Vertx vertx, int worker, Supplier<Future<Boolean>> answers) {
    this.vertx = vertx;
    this.worker = worker;
    this.answers = answers;
    look();
  }

  @Override
  public Future<String> exit() {
    return exit.future();
  }

  @Override
  public void terminate() {
    log.warn("Worker {} was started elsewhere and goes on running", worker);
    exit.tryComplete("foreign=true");
  }

  @Override
  public void kill() {}

  @Override
  public boolean isSupervised() {
    return false;
  }

  @Override
  public String toString() {
    return "foreign=true";
  }

  private void look() {
    answers
        .get()
        .onSuccess(
            answered -> {
              silences = answered ? 0 : silences + 1;
              if (silences >= SILENCES_MAX) {
                exit.tryComplete("foreign=true");
              } else if (!exit.future().isComplete()) {
                vertx.setTimer(LOOK_EVERY_MILLIS, timer -> look());
              }
            });
  }
}
