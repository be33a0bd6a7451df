package dev.rondo.controller;

import dev.rondo.bus.Redeploying;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Rolling.Outcome;
import dev.rondo.bus.Rolling.Part;
import dev.rondo.bus.Rolling.Progress;
import dev.rondo.bus.Rolling.State;
import dev.rondo.bus.Rolling.Status;
import dev.rondo.bus.Rolling.Wish;
import dev.rondo.bus.WorkerReport;
import dev.rondo.config.RedeployConfig;
import dev.rondo.proto.FromController;
import dev.rondo.proto.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has the workers replace a verticle, one after the other, and stops at the first that does not. A
 * worker is asked again until it says what became of the wish; it knows the wish by its ticket.
 */
final class Rollout {

  /** For messages that get lost, and are sent again. */
  private static final int MARGIN_SECONDS = 30;

  private static final long AGAIN_MILLIS = 3_000;

  private final Workers workers;
  private final Herald herald;
  private final Runnable changed;
  private final long patienceMillis;
  private @Nullable Progress progress;
  private long begunMillis;
  private long askedMillis;

  Rollout(Workers workers, Herald herald, Runnable changed, RedeployConfig config) {
    this.workers = workers;
    this.herald = herald;
    this.changed = changed;
    this.patienceMillis = patienceMillis(config);
  }

  /** More than a worker takes to start a generation and to let the former one end. */
  static long patienceMillis(RedeployConfig config) {
    return (config.readySeconds() + config.drainSeconds() + MARGIN_SECONDS) * 1000L;
  }

  /** Remembers the latest one of another generation; none of them runs. */
  void resume(@Nullable Progress latest) {
    progress = latest;
  }

  /** The latest one; null before the first. */
  @Nullable Progress progress() {
    return progress;
  }

  boolean isRunning() {
    return progress != null && progress.status() == Status.RUNNING;
  }

  Outcome begin(Wish wish) {
    if (isRunning()) {
      return new Outcome.Refused(Reason.BUSY, "Verticles of the workers are being replaced");
    }
    List<Integer> targets =
        workers.all().stream()
            .filter(row -> row.call() != null)
            .map(WorkerRow::id)
            .filter(id -> wish.worker() == null ? isMeant(wish, id) : id.equals(wish.worker()))
            .toList();
    Optional<Outcome> refusal = refusal(wish, targets);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    List<Part> parts = targets.stream().map(id -> new Part(id, State.WAITING, "")).toList();
    Progress begun = new Progress(UUID.randomUUID().toString(), wish, Status.RUNNING, parts);
    progress = begun;
    herald.rolloutStarted(wish, targets.size());
    next();
    return new Outcome.Begun(begun);
  }

  /**
   * Who goes back from a rollout that stopped, or goes on with going back: those that it did not
   * reach have a former generation too, but of an earlier rollout.
   */
  private boolean isMeant(Wish wish, int worker) {
    Progress last = progress;
    if (wish.action() == Action.REDEPLOY
        || last == null
        || last.status() != Status.STOPPED
        || !last.wish().name().equals(wish.name())) {
      return true;
    }
    boolean done = last.parts().contains(new Part(worker, State.SUCCEEDED, ""));
    boolean had = last.parts().stream().anyMatch(part -> part.worker() == worker);
    return last.wish().action() == Action.REDEPLOY ? done || !last.offersRollback() : had && !done;
  }

  private Optional<Outcome> refusal(Wish wish, List<Integer> targets) {
    if (targets.isEmpty()) {
      String whom = wish.worker() == null ? "No worker is" : "Worker " + wish.worker() + " is not";
      return Optional.of(new Outcome.Refused(Reason.UNKNOWN, whom + " there"));
    }
    List<Verticle> known =
        targets.stream().flatMap(id -> verticle(id, wish.name()).stream()).toList();
    if (known.isEmpty()) {
      return Optional.of(
          new Outcome.Refused(Reason.UNKNOWN, "No worker has a verticle '" + wish.name() + "'"));
    }
    if (known.stream().noneMatch(Verticle::replaceable)) {
      return Optional.of(
          new Outcome.Refused(Reason.NOT_REPLACEABLE, wish.name() + " stays as long as its node"));
    }
    return wish.action() == Action.ROLLBACK && known.stream().allMatch(it -> it.rollback() == null)
        ? Optional.of(
            new Outcome.Refused(
                Reason.NOTHING_TO_GO_BACK_TO, wish.name() + " was not replaced on any worker"))
        : Optional.empty();
  }

  private Optional<Verticle> verticle(int worker, String name) {
    WorkerReport report = workers.report(worker);
    return report == null
        ? Optional.empty()
        : report.verticles().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Goes on with the next worker that is concerned. */
  private void next() {
    Progress now = progress;
    if (now == null) {
      return;
    }
    for (Part part : now.parts()) {
      if (part.state() == State.WAITING) {
        if (isConcerned(now.wish(), part.worker())) {
          begunMillis = Workers.nowMillis();
          mark(part.worker(), State.RUNNING, "");
          ask(part.worker());
          return;
        }
        mark(part.worker(), State.SUCCEEDED, "");
      }
    }
    end(Status.SUCCEEDED);
  }

  /** Where nothing was replaced there is nothing to go back to. */
  private boolean isConcerned(Wish wish, int worker) {
    return wish.action() == Action.REDEPLOY
        || verticle(worker, wish.name()).map(one -> one.rollback() != null).orElse(true);
  }

  private void ask(int worker) {
    Progress now = progress;
    if (now == null) {
      return;
    }
    askedMillis = Workers.nowMillis();
    Wish wish = now.wish();
    Replace.Builder words =
        Replace.newBuilder()
            .setTicket(ticket(now, worker))
            .setVerticle(wish.name())
            .setRollback(wish.action() == Action.ROLLBACK)
            .setConfig(wish.config());
    String jar = wish.jar();
    if (jar != null) {
      words.setJar(jar);
    }
    workers.tell(worker, FromController.newBuilder().setReplace(words).build());
  }

  private static String ticket(Progress now, int worker) {
    return now.id() + "/" + worker;
  }

  /** A worker has said how its verticles are. */
  void reported(int worker) {
    Progress now = progress;
    if (now == null || !isAt(worker)) {
      return;
    }
    Optional<Attempt> attempt =
        verticle(worker, now.wish().name())
            .flatMap(verticle -> Optional.ofNullable(verticle.last()))
            .filter(last -> last.ticket().equals(ticket(now, worker)));
    if (attempt.isPresent() && attempt.get().status() == Redeploying.Status.SUCCEEDED) {
      mark(worker, State.SUCCEEDED, "");
      next();
    } else if (attempt.isPresent() && attempt.get().status() == Redeploying.Status.FAILED) {
      fail(worker, attempt.get().reason());
    }
  }

  /** A worker has not even begun. */
  void declined(int worker, String ticket, String detail) {
    if (progress != null && isAt(worker) && ticket.equals(ticket(progress, worker))) {
      fail(worker, detail);
    }
  }

  /** Asks again, for a message may be lost with its call; gives up in the end. */
  void tick() {
    Progress now = progress;
    Integer worker = now == null || !isRunning() ? null : now.worker();
    if (worker == null) {
      return;
    }
    long millis = Workers.nowMillis();
    if (millis - begunMillis > patienceMillis) {
      fail(worker, "It has not said what became of it within " + patienceMillis / 1000 + " s");
    } else if (millis - askedMillis > AGAIN_MILLIS) {
      ask(worker);
    }
  }

  private boolean isAt(int worker) {
    return isRunning()
        && progress != null
        && progress.parts().contains(new Part(worker, State.RUNNING, ""));
  }

  private void fail(int worker, String reason) {
    mark(worker, State.FAILED, reason);
    end(Status.STOPPED);
  }

  private void mark(int worker, State state, String reason) {
    Progress now = progress;
    if (now != null) {
      List<Part> parts = new ArrayList<>(now.parts());
      parts.replaceAll(part -> part.worker() == worker ? new Part(worker, state, reason) : part);
      progress = new Progress(now.id(), now.wish(), now.status(), parts);
      changed.run();
    }
  }

  private void end(Status status) {
    Progress now = progress;
    if (now != null) {
      Progress over = new Progress(now.id(), now.wish(), status, now.parts());
      progress = over;
      herald.rolloutEnded(over);
      changed.run();
    }
  }
}
