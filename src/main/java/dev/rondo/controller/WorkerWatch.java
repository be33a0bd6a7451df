package dev.rondo.controller;

import dev.rondo.bus.Restarting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one worker running: finds or starts its process, tells when it serves, and starts it again
 * when it dies. Used on the supervisor's context only.
 */
final class WorkerWatch {
  private static final long NO_TIMER = -1;
  private static final long LOOK_EVERY_MILLIS = 200;

  /** Who dies within this time may have died of what was to make the start quicker. */
  private static final Duration STILLBORN = Duration.ofSeconds(2);

  /** What the owner of a watch wants to know. */
  interface Observer {

    /** The worker serves. */
    void ready();

    /** The process has ended, for whatever reason. */
    void gone(long pid);

    /** It is not started any more. */
    void givenUp();
  }

  private final Vertx vertx;
  private final int worker;
  private final WorkerProcesses processes;
  private final Duration patience;
  private final WorkerEvents events;
  private final Observer observer;
  private RestartSchedule schedule = new RestartSchedule();
  private Optional<WorkerProcess> running = Optional.empty();
  private Future<?> underWay = Future.succeededFuture();
  private long pause = NO_TIMER;
  private boolean changing;
  private boolean stopping;

  /** Watches {@code worker}; at its end it has {@code patience} for a clean stop. */
  WorkerWatch(
      Vertx vertx,
      int worker,
      WorkerProcesses processes,
      Duration patience,
      WorkerEvents events,
      Observer observer) {
    this.vertx = vertx;
    this.worker = worker;
    this.processes = processes;
    this.patience = patience;
    this.events = events;
    this.observer = observer;
  }

  /** Adopts the worker where it runs already, else starts it. */
  void begin() {
    underWay = launch(false, false);
  }

  /**
   * Stops the worker cleanly and starts it at once, or just starts it where it is not running; what
   * it died of before is forgotten.
   */
  Restarting.Outcome restart() {
    if (stopping || changing) {
      return Restarting.Outcome.BUSY;
    }
    if (running.filter(process -> !process.isSupervised()).isPresent()) {
      return Restarting.Outcome.NOT_SUPERVISED;
    }
    changing = true;
    events.restartRequested();
    schedule = new RestartSchedule();
    vertx.cancelTimer(pause);
    underWay = running.map(this::stop).orElseGet(() -> launch(true, false));
    return Restarting.Outcome.ACCEPTED;
  }

  /** Stops the worker, and watches no more; completes when its process is gone. */
  Future<Void> stop() {
    stopping = true;
    return underWay.transform(done -> running.map(this::stop).orElseGet(Future::succeededFuture));
  }

  /**
   * Looks each time whether the worker runs: it may have been started elsewhere meanwhile, or have
   * been too slow to be found before. Whoever holds the folder or the ports would be the death of
   * every other process.
   */
  private Future<Void> launch(boolean again, boolean plainly) {
    if (stopping) {
      return Future.succeededFuture();
    }
    changing = true;
    return processes
        .find(worker)
        .compose(found -> found.map(this::adopt).orElseGet(() -> start(again, plainly)))
        .onFailure(this::notStarted);
  }

  /** What another process of this worker has died of is that this one was there. */
  private Future<Void> adopt(WorkerProcess found) {
    schedule.forgive();
    events.adopted(found);
    follow(found);
    return Future.succeededFuture();
  }

  private Future<Void> start(boolean again, boolean plainly) {
    if (stopping) {
      return Future.succeededFuture();
    }
    return processes
        .launch(worker, plainly)
        .map(
            process -> {
              events.started(process, again);
              follow(process);
              return null;
            });
  }

  private void follow(WorkerProcess process) {
    schedule.begun();
    long since = System.nanoTime();
    running = Optional.of(process);
    changing = false;
    process
        .exit()
        .onSuccess(
            how -> {
              process.pid().ifPresent(observer::gone);
              died(how, Duration.ofNanos(System.nanoTime() - since));
            });
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
                observer.ready();
              }
            });
  }

  private boolean isOver(WorkerProcess process) {
    return stopping || running.filter(now -> now == process).isEmpty();
  }

  /** After a death that was asked for the worker is started at once. */
  private void died(String how, Duration lived) {
    running = Optional.empty();
    if (stopping) {
      return;
    }
    if (changing) {
      underWay = launch(true, false);
    } else {
      events.died(how, lived);
      restartLater(lived);
    }
  }

  /** A disk that is full, say, will not be so for ever, and says nothing against the worker. */
  private void notStarted(Throwable failure) {
    changing = false;
    if (failure instanceof IOException obstacle) {
      events.notStarted(obstacle);
      launchIn(schedule.afterFailure(), true);
    } else {
      events.broken(failure);
      restartLater(Duration.ZERO);
    }
  }

  private void restartLater(Duration lived) {
    Optional<Duration> wait = schedule.afterDeath(lived);
    if (wait.isEmpty()) {
      events.givenUp(schedule.failures());
      observer.givenUp();
      return;
    }
    events.restarting(wait.get());
    launchIn(wait.get(), lived.compareTo(STILLBORN) < 0);
  }

  private void launchIn(Duration wait, boolean plainly) {
    pause = vertx.setTimer(wait.toMillis(), timer -> underWay = launch(true, plainly));
  }

  private Future<Void> stop(WorkerProcess process) {
    process.terminate();
    return process
        .exit()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            late -> {
              events.stubborn(process);
              process.kill();
              return process.exit();
            })
        .mapEmpty();
  }
}
