package dev.rondo.controller;

import dev.rondo.bus.Configuring.Change;
import dev.rondo.bus.Configuring.Outcome;
import dev.rondo.bus.WorkerReport;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.QuorumChange;
import dev.rondo.core.member.Quorums;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Changes the configuration in two steps: the new quorums beside the former ones when somebody asks
 * for it, then the new ones alone when every member says that it is ready. One state is in hand at
 * a time, until it is saved and told.
 */
final class Changes {

  private final Committed committed;
  private final Deciding deciding;
  private final Workers workers;
  private final Herald herald;
  private boolean inHand;

  Changes(Committed committed, Deciding deciding, Workers workers, Herald herald) {
    this.committed = committed;
    this.deciding = deciding;
    this.workers = workers;
    this.herald = herald;
  }

  Future<Outcome> configure(Change change) {
    ClusterState state = committed.state();
    Long basedOn = change.basedOn();
    if (basedOn != null && basedOn != state.epoch()) {
      return Future.succeededFuture(new Outcome.Stale(state.epoch()));
    }
    Quorums wanted;
    try {
      wanted = quorums(change).applyTo(state);
    } catch (IllegalArgumentException impossible) {
      return Future.succeededFuture(
          new Outcome.Impossible(String.valueOf(impossible.getMessage())));
    }
    if (inHand && state.isSettled()) {
      return Future.succeededFuture(new Outcome.Busy(state.epoch() + 1));
    }
    if (wanted.equals(state.quorums())) {
      return Future.succeededFuture(new Outcome.Changed(state));
    }
    if (!state.isSettled()) {
      return Future.succeededFuture(new Outcome.Busy(state.epoch()));
    }
    return begin(state, state.changingTo(wanted), remark(change, state.quorums(), wanted));
  }

  private Future<Outcome> begin(ClusterState state, ClusterState next, String remark) {
    herald.changeStarted(next, remark);
    inHand = true;
    return deciding
        .decide(state, next)
        .compose(
            result -> {
              ClusterState decided = result.decided();
              if (decided == null) {
                herald.changeFailed(next, result.votes(), result.required());
                return Future.succeededFuture(
                    new Outcome.NoMajority(result.votes(), result.required()));
              }
              return committed.adopt(decided).map(adopted -> outcome(decided, next));
            })
        .onComplete(over -> inHand = false);
  }

  /** An earlier change, which another controller began, may have come out instead. */
  private static Outcome outcome(ClusterState decided, ClusterState wanted) {
    return decided.equals(wanted)
        ? new Outcome.Changed(decided)
        : new Outcome.Stale(decided.epoch());
  }

  /** Ends a change that is under way once every member is ready; to be called now and then. */
  void drive() {
    ClusterState state = committed.state();
    if (!state.isSettled() && !inHand && isReady(state)) {
      inHand = true;
      deciding
          .decide(state, state.settled())
          .compose(result -> adopted(result.decided()))
          .onComplete(over -> inHand = false);
    }
  }

  private Future<Void> adopted(@Nullable ClusterState decided) {
    return decided == null ? Future.succeededFuture() : committed.adopt(decided);
  }

  /** Whether every member works by the state and has all of its copies. */
  private boolean isReady(ClusterState state) {
    return state.members().stream()
        .map(Member::id)
        .allMatch(member -> isReady(workers.report(member), state.epoch()));
  }

  private static boolean isReady(@Nullable WorkerReport report, long epoch) {
    return report != null && report.epoch() >= epoch && report.filledEpoch() >= epoch;
  }

  private static QuorumChange quorums(Change change) {
    return new QuorumChange(change.replicationFactor(), change.writeQuorum(), change.readQuorum());
  }

  /** Names what follows from the change without having been asked for. */
  private static String remark(Change change, Quorums before, Quorums wanted) {
    StringBuilder remark = new StringBuilder();
    if (change.writeQuorum() == null && wanted.writeQuorum() != before.writeQuorum()) {
      remark.append(", W lowered with it");
    }
    if (change.readQuorum() == null && wanted.readQuorum() != before.readQuorum()) {
      remark.append(", R lowered with it");
    }
    return remark.toString();
  }
}
