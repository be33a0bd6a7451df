package dev.rondo.controller;

import dev.rondo.core.accord.Ballot;
import dev.rondo.core.accord.Proposal;
import dev.rondo.core.accord.Proposal.Verdict;
import dev.rondo.core.accord.Vote;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.proto.Accept;
import dev.rondo.proto.Accepted;
import dev.rondo.proto.FromController;
import dev.rondo.proto.Prepare;
import dev.rondo.proto.Promise;
import dev.rondo.wire.BallotWire;
import dev.rondo.wire.StateWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the members decide the next state: one {@link Proposal} after the other, until one wins or
 * the time is up. One state at a time.
 */
final class Deciding {
  private static final Logger log = LoggerFactory.getLogger(Deciding.class);

  private static final long PAUSE_LEAST_MILLIS = 50;
  private static final long PAUSE_MOST_MILLIS = 250;

  /**
   * What became of it.
   *
   * @param decided what the epoch is now, wanted or not; null when that is open
   * @param votes how many members agreed in the last step
   */
  record Result(@Nullable ClusterState decided, int votes, int required) {}

  private final Vertx vertx;
  private final String controller;
  private final Workers workers;
  private final long withinMillis;
  private io.vertx.core.@Nullable Promise<Result> open;
  private @Nullable Proposal proposal;
  private @Nullable ClusterState wanted;
  private Set<Integer> electorate = Set.of();
  private boolean retrying;
  private long round;

  Deciding(Vertx vertx, String controller, Workers workers, long withinMillis) {
    this.vertx = vertx;
    this.controller = controller;
    this.workers = workers;
    this.withinMillis = withinMillis;
  }

  boolean isBusy() {
    return open != null;
  }

  /** Wants {@code next} decided by the members of the state before it. */
  Future<Result> decide(ClusterState before, ClusterState next) {
    Set<Integer> members =
        before.members().stream().map(Member::id).collect(Collectors.toUnmodifiableSet());
    io.vertx.core.Promise<Result> asked = io.vertx.core.Promise.promise();
    open = asked;
    electorate = members;
    wanted = next;
    attempt();
    long deadline = vertx.setTimer(withinMillis, timer -> giveUp());
    return asked.future().onComplete(done -> vertx.cancelTimer(deadline));
  }

  /** A worker has come (back): it hears what the others are being asked. */
  void joined(int worker) {
    if (proposal != null) {
      workers.tell(worker, question(proposal));
    }
  }

  void promised(int worker, Promise answer) {
    Proposal now = concerned(answer.getBallot());
    if (now == null) {
      return;
    }
    var ahead = StateWire.read(answer.getAhead());
    if (ahead.isPresent() && ahead.get().epoch() >= now.state().epoch()) {
      finish(new Result(ahead.get(), now.votes(), now.majority()));
      return;
    }
    boolean accepting = now.isAccepting();
    if (answer.getGranted()) {
      now.promised(worker, earlier(answer));
    } else {
      refused(now, worker, answer.getPromised());
    }
    if (!accepting && now.isAccepting()) {
      workers.tellAll(question(now));
    }
  }

  void accepted(int worker, Accepted answer) {
    Proposal now = concerned(answer.getBallot());
    if (now == null) {
      return;
    }
    if (!answer.getAccepted()) {
      refused(now, worker, answer.getPromised());
    } else if (now.accepted(worker) == Verdict.WON) {
      finish(new Result(now.state(), now.votes(), now.majority()));
    }
  }

  private void attempt() {
    ClusterState state = wanted;
    if (state == null) {
      return;
    }
    retrying = false;
    round = Math.max(round + 1, System.currentTimeMillis());
    Proposal next = new Proposal(electorate, new Ballot(round, controller), state);
    proposal = next;
    workers.tellAll(question(next));
  }

  /** Waits a little, so that two controllers do not keep outbidding each other. */
  private void refused(Proposal now, int worker, dev.rondo.proto.Ballot promised) {
    round = Math.max(round, promised.getRound());
    if (now.refused(worker) == Verdict.LOST && !retrying) {
      retrying = true;
      log.info("Outbid, or refused by too many ballot={}", now.ballot());
      vertx.setTimer(
          ThreadLocalRandom.current().nextLong(PAUSE_LEAST_MILLIS, PAUSE_MOST_MILLIS),
          timer -> {
            if (proposal == now) {
              attempt();
            }
          });
    }
  }

  private @Nullable Proposal concerned(dev.rondo.proto.Ballot ballot) {
    Proposal now = proposal;
    return now != null && now.ballot().equals(BallotWire.read(ballot)) ? now : null;
  }

  private void giveUp() {
    Proposal last = proposal;
    if (last != null) {
      finish(new Result(null, last.votes(), last.majority()));
    }
  }

  private void finish(Result result) {
    io.vertx.core.Promise<Result> asked = open;
    open = null;
    proposal = null;
    wanted = null;
    if (asked != null) {
      asked.complete(result);
    }
  }

  private static @Nullable Vote earlier(Promise answer) {
    return StateWire.read(answer.getAccepted())
        .map(state -> new Vote(BallotWire.read(answer.getAcceptedBallot()), state))
        .orElse(null);
  }

  private static FromController question(Proposal proposal) {
    dev.rondo.proto.Ballot ballot = BallotWire.of(proposal.ballot());
    FromController.Builder message = FromController.newBuilder();
    return (proposal.isAccepting()
            ? message.setAccept(
                Accept.newBuilder().setBallot(ballot).setState(StateWire.of(proposal.state())))
            : message.setPrepare(
                Prepare.newBuilder().setBallot(ballot).setEpoch(proposal.state().epoch())))
        .build();
  }
}
