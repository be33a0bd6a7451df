package dev.rondo.controller;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to one worker's process: a line in the log, and an event for people. */
final class WorkerEvents {
  private static final Logger log = LoggerFactory.getLogger(WorkerEvents.class);

  private final int worker;
  private final Consumer<ClusterEvent> sink;
  private String obstacle = "";

  WorkerEvents(int worker, Consumer<ClusterEvent> sink) {
    this.worker = worker;
    this.sink = sink;
  }

  void started(WorkerProcess process, boolean again) {
    obstacle = "";
    log.info(again ? "Restarting Worker {} {}" : "Starting Worker {} {}", worker, process);
    tell(EventKind.PROCESS_STARTED, "Worker %d started, %s".formatted(worker, process));
  }

  void adopted(WorkerProcess process) {
    obstacle = "";
    log.info("Adopted Worker {} {}", worker, process);
    tell(EventKind.PROCESS_ADOPTED, "Worker %d ran already, %s".formatted(worker, process));
  }

  void died(String how, Duration lived) {
    log.warn("Worker {} dead {} lived={}s", worker, how, lived.toSeconds());
    String text = "Worker %d died after %d s, %s".formatted(worker, lived.toSeconds(), how);
    tell(EventKind.PROCESS_DIED, text);
  }

  /** It is tried again and again, which is no news as long as the reason stays the same. */
  void notStarted(IOException failure) {
    String reason = failure.toString();
    if (reason.equals(obstacle)) {
      return;
    }
    obstacle = reason;
    log.warn("Worker {} not started, it is tried again reason={}", worker, reason);
    String text = "Worker %d did not start, it is tried until it does: %s";
    tell(EventKind.PROCESS_DIED, text.formatted(worker, reason));
  }

  void broken(Throwable failure) {
    log.warn("Worker {} not started", worker, failure);
    tell(EventKind.PROCESS_DIED, "Worker %d did not start: %s".formatted(worker, failure));
  }

  void restarting(Duration pause) {
    String text = "Worker %d is started again in %d s".formatted(worker, pause.toSeconds());
    tell(EventKind.PROCESS_RESTARTING, text);
  }

  void givenUp(int failures) {
    log.error(
        "Giving up on Worker {} failures={}; worker.log and worker.out say why, a restart of the"
            + " worker or of the controller tries again",
        worker,
        failures);
    String text =
        "Worker %d died %d times in a row and is not started any more; its worker.log says why"
            .formatted(worker, failures);
    tell(EventKind.PROCESS_GIVEN_UP, text);
  }

  void restartRequested() {
    log.info("Restart of Worker {} requested", worker);
    tell(EventKind.RESTART_REQUESTED, "Somebody asked for a restart of Worker " + worker);
  }

  void stubborn(WorkerProcess process) {
    log.warn("Worker {} did not stop in time, killing it {}", worker, process);
  }

  private void tell(EventKind kind, String text) {
    sink.accept(new ClusterEvent(kind, worker, text));
  }
}
