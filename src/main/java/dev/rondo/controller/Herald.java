package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.ClusterEvent.Level;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what happens to the workers and to the configuration: in the log and as events. */
final class Herald {
  private static final Logger log = LoggerFactory.getLogger(Herald.class);

  private final Bus bus;
  private final Map<Integer, String> refusals = new HashMap<>();

  Herald(Bus bus) {
    this.bus = bus;
  }

  void registered(WorkerRow row, boolean isNewProcess) {
    refusals.remove(row.id());
    log.info("Registered Worker {} {}", row.id(), row.url());
    if (isNewProcess) {
      tell(EventKind.WORKER_REGISTERED, row.id(), row.name() + " registered: " + row.url());
    }
  }

  /** It will try again and again, which is no news. */
  void refused(int worker, String detail) {
    if (detail.equals(refusals.put(worker, detail))) {
      return;
    }
    log.warn("Refused Worker {} reason={}", worker, detail);
    tell(EventKind.REFUSED, worker, "Worker " + worker + " was refused: " + detail);
  }

  void online(WorkerRow row, boolean isBack) {
    String text = row.name() + (isBack ? " is back ONLINE" : " is ONLINE");
    log.info(text);
    tell(EventKind.WORKER_ONLINE, row.id(), text);
  }

  void offline(WorkerRow row, Level level, String reason) {
    log.atLevel(org.slf4j.event.Level.valueOf(level.name()))
        .log("Worker {} dead reason='{}'", row.id(), reason);
    tell(EventKind.WORKER_OFFLINE, level, row.id(), row.name() + " is OFFLINE: " + reason);
  }

  void became(WorkerRow row, WorkerStatus status) {
    log.info("Worker {} is {}", row.id(), status);
    if (status == WorkerStatus.RECOVERING) {
      String text = row.name() + " compares its data with its peers";
      tell(EventKind.WORKER_RECOVERING, row.id(), text);
    } else if (status == WorkerStatus.LEAVING) {
      tell(EventKind.WORKER_LEAVING, row.id(), row.name() + " is stopping");
    }
  }

  void changeStarted(ClusterState next, String remark) {
    String text = "Change to " + text(next.quorums()) + " begins" + remark;
    log.info("{} epoch={}", text, next.epoch());
    tell(EventKind.CONFIG_CHANGE_STARTED, null, text + epoch(next));
  }

  void changeFailed(ClusterState next, int votes, int required) {
    String text =
        "Change to %s not decided: %d of %d required members agreed"
            .formatted(text(next.quorums()), votes, required);
    log.warn("{} epoch={}", text, next.epoch());
    tell(EventKind.CONFIG_CHANGE_FAILED, null, text + epoch(next));
  }

  void committed(ClusterState before, ClusterState now) {
    boolean finished = now.isSettled() && now.quorums().equals(before.quorums());
    String text =
        finished
            ? "Every worker is ready, the change to " + text(now.quorums()) + " is over"
            : "Replication factor " + difference(before.quorums(), now.quorums());
    log.info("Cluster state decided epoch={} {}", now.epoch(), text);
    EventKind kind = finished ? EventKind.CONFIG_CHANGE_FINISHED : EventKind.CONFIG_CHANGED;
    tell(kind, null, text + epoch(now));
  }

  void notSaved(ClusterState state, String reason) {
    log.error("Cluster state not saved epoch={} reason={}", state.epoch(), reason);
    String text = "The controller cannot save the cluster state: " + reason;
    tell(EventKind.STATE_NOT_SAVED, null, text + epoch(state));
  }

  /** Also when somebody asked the worker itself. */
  void replaced(WorkerRow row, Verticle verticle) {
    String text =
        "%s runs generation %d of %s (%s)"
            .formatted(
                row.name(), verticle.generation(), verticle.name(), verticle.code().version());
    log.info("{}", text);
    tell(EventKind.VERTICLE_REDEPLOYED, row.id(), text);
  }

  void notReplaced(WorkerRow row, Verticle verticle, String reason) {
    String text =
        "%s keeps generation %d of %s: %s"
            .formatted(row.name(), verticle.generation(), verticle.name(), reason);
    log.warn("{}", text);
    tell(EventKind.REDEPLOY_FAILED, row.id(), text);
  }

  void rolloutStarted(Rolling.Wish wish, int workers) {
    String text = "%s begins on %d worker(s)".formatted(text(wish), workers);
    log.info("{}", text);
    tell(EventKind.REDEPLOY_STARTED, wish.worker(), text);
  }

  void rolloutEnded(Rolling.Progress over) {
    if (over.status() == Rolling.Status.SUCCEEDED) {
      String text = text(over.wish()) + " is over";
      log.info("{}", text);
      tell(EventKind.REDEPLOY_FINISHED, over.wish().worker(), text);
      return;
    }
    String reason =
        over.parts().stream()
            .map(Rolling.Part::reason)
            .filter(why -> !why.isEmpty())
            .findFirst()
            .orElse("");
    String text =
        "%s stopped at Worker %s: %s%s"
            .formatted(
                text(over.wish()),
                over.worker(),
                reason,
                over.offersRollback() ? "; `rondo rollback " + over.wish().name() + "`" : "");
    log.warn("{}", text);
    tell(EventKind.REDEPLOY_STOPPED, over.worker(), text);
  }

  private static String text(Rolling.Wish wish) {
    return wish.action() == Action.ROLLBACK
        ? "Rollback of " + wish.name()
        : "Redeploy of " + wish.name() + (wish.jar() == null ? "" : " from " + wish.jar());
  }

  private void tell(EventKind kind, @Nullable Integer worker, String text) {
    tell(kind, kind.level(), worker, text);
  }

  private void tell(EventKind kind, Level level, @Nullable Integer worker, String text) {
    bus.publish(Addresses.EVENT, new ClusterEvent(kind, level, worker, text));
  }

  private static String epoch(ClusterState state) {
    return " (epoch " + state.epoch() + ")";
  }

  private static String text(Quorums quorums) {
    return "replication factor " + difference(quorums, quorums);
  }

  private static String difference(Quorums before, Quorums now) {
    return difference(before.replicationFactor(), now.replicationFactor())
        + ", W="
        + difference(before.writeQuorum(), now.writeQuorum())
        + ", R="
        + difference(before.readQuorum(), now.readQuorum());
  }

  private static String difference(int before, int now) {
    return before == now ? String.valueOf(now) : before + " to " + now;
  }
}
