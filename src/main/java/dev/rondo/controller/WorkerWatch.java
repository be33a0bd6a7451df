package dev.rondo.controller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker running: finds or starts its process, tells when it serves, and starts it again
 * when it dies. Used on the supervisor's context only.
 */
final class WorkerWatch {
  private static final Logger log = LoggerFactory.getLogger(WorkerWatch.class);
  private static final long LOOK_EVERY_MILLIS = 200;

  /** Who dies within this time may have died of what was to make the start quicker. */
  private static final Duration STILLBORN = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final int worker;
  private final WorkerProcesses processes;
  private final Duration patience;
  private final Runnable whenReady;
  private final RestartSchedule schedule = new RestartSchedule();
  private Optional<WorkerProcess> running = Optional.empty();
  private Future<?> underWay = Future.succeededFuture();
  private boolean stopping;

  /** Watches {@code worker}; at its end it has {@code patience} for a clean stop. */
  WorkerWatch(
      Vertx vertx, int worker, WorkerProcesses processes, Duration patience, Runnable whenReady) {
    this.vertx = vertx;
    this.worker = worker;
    this.processes = processes;
    this.patience = patience;
    this.whenReady = whenReady;
  }

  /** Adopts the worker where it runs already, else starts it. */
  void begin() {
    underWay =
        processes
            .find(worker)
            .compose(
                found ->
                    found.map(this::adopt).orElseGet(() -> launch("Starting Worker {} {}", false)))
            .onFailure(this::notStarted);
  }

  /** Stops the worker, and watches no more; completes when its process is gone. */
  Future<Void> stop() {
    stopping = true;
    return underWay.transform(done -> running.map(this::stop).orElseGet(Future::succeededFuture));
  }

  private Future<Void> adopt(WorkerProcess found) {
    log.info("Adopted Worker {} {}", worker, found);
    follow(found);
    return Future.succeededFuture();
  }

  private Future<Void> launch(String event, boolean plainly) {
    if (stopping) {
      return Future.succeededFuture();
    }
    return processes
        .launch(worker, plainly)
        .map(
            process -> {
              log.info(event, worker, process);
              follow(process);
              return null;
            });
  }

  private void follow(WorkerProcess process) {
    long since = System.nanoTime();
    running = Optional.of(process);
    process.exit().onSuccess(how -> died(how, Duration.ofNanos(System.nanoTime() - since)));
    awaitReady(process);
  }

  private void awaitReady(WorkerProcess process) {
    if (isOver(process)) {
      return;
    }
    processes
        .isReady(worker)
        .onSuccess(
            ready -> {
              if (!ready) {
                vertx.setTimer(LOOK_EVERY_MILLIS, timer -> awaitReady(process));
              } else if (!isOver(process)) {
                whenReady.run();
              }
            });
  }

  private boolean isOver(WorkerProcess process) {
    return stopping || running.filter(now -> now == process).isEmpty();
  }

  private void died(String how, Duration lived) {
    running = Optional.empty();
    if (!stopping) {
      log.warn("Worker {} dead {} lived={}s", worker, how, lived.toSeconds());
      restart(lived);
    }
  }

  private void notStarted(Throwable failure) {
    log.warn("Worker {} not started reason={}", worker, failure.toString());
    restart(Duration.ZERO);
  }

  private void restart(Duration lived) {
    Optional<Duration> pause = schedule.afterDeath(lived);
    if (pause.isEmpty()) {
      log.error(
          "Giving up on Worker {} failures={}; its log says why, a restart of the controller tries"
              + " again",
          worker,
          schedule.failures());
      return;
    }
    boolean plainly = lived.compareTo(STILLBORN) < 0;
    vertx.setTimer(
        pause.get().toMillis(),
        timer -> underWay = launch("Restarting Worker {} {}", plainly).onFailure(this::notStarted));
  }

  private Future<Void> stop(WorkerProcess process) {
    process.terminate();
    return process
        .exit()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            late -> {
              log.warn("Worker {} did not stop in time, killing it {}", worker, process);
              process.kill();
              return process.exit();
            })
        .mapEmpty();
  }
}
