package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes requests in and coordinates those of keys that its worker owns, as the router does. */
final class Router {

  private final Worker worker;
  private final Stamper stamper;

  Router(Worker worker, Stamper stamper) {
    this.worker = worker;
    this.stamper = stamper;
  }

  // Writes.

  /** A client's write. */
  void write(History.Write write, Consumer<Writing.Outcome> answer) {
    long deadline = worker.simulation().time().now() + Worker.REQUEST_TIMEOUT;
    attempt(write, deadline, answer);
  }

  /** Stamps and writes, again while replicas hold something newer and there is time. */
  private void attempt(History.Write write, long deadline, Consumer<Writing.Outcome> answer) {
    List<Integer> others = otherOwners(write.key());
    stamper.stamp(
        others,
        version -> {
          worker.simulation().history().stamped(write, version);
          Writing.Forwarded stamped = new Writing.Forwarded(write.request(), version);
          place(stamped, others, outcome -> settle(write, outcome, deadline, answer));
        },
        () -> answer.accept(new Writing.Outcome.QuorumUnavailable(0, 0)));
  }

  private void settle(
      History.Write write,
      Writing.Outcome outcome,
      long deadline,
      Consumer<Writing.Outcome> answer) {
    if (outcome instanceof Writing.Outcome.Superseded superseded) {
      stamper.observe(superseded.newest());
      if (worker.simulation().time().now() >= deadline) {
        answer.accept(unknown());
      } else {
        attempt(write, deadline, last -> answer.accept(honest(last)));
      }
    } else {
      answer.accept(outcome);
    }
  }

  /** A write that was superseded may be on some replica: it is not refused any more. */
  private static Writing.Outcome honest(Writing.Outcome outcome) {
    return isWorthAskingAnother(outcome) ? unknown() : outcome;
  }

  private void place(
      Writing.Forwarded stamped, List<Integer> others, Consumer<Writing.Outcome> answer) {
    if (coordinates(stamped.write().key())) {
      coordinate(stamped, answer);
      return;
    }
    new Failover<Writing.Outcome>(worker, others)
        .run(
            (from, peer, outcome, fault) -> forward(peer, stamped, outcome, fault),
            Router::isWorthAskingAnother,
            answer,
            kind ->
                answer.accept(
                    kind == PeerFault.Kind.UNANSWERED
                        ? unknown()
                        : new Writing.Outcome.QuorumUnavailable(0, 0)));
  }

  private void forward(
      Worker peer,
      Writing.Forwarded stamped,
      Consumer<Writing.Outcome> outcome,
      Consumer<PeerFault.Kind> fault) {
    worker
        .simulation()
        .network()
        .<Writing.Outcome>ask(
            worker,
            peer,
            Worker.REQUEST_TIMEOUT,
            (asked, reply) -> asked.router().coordinateForwarded(stamped, reply),
            outcome,
            fault);
  }

  private void coordinateForwarded(Writing.Forwarded stamped, Consumer<Writing.Outcome> answer) {
    if (worker.isTooFarAhead(stamped.version())) {
      answer.accept(Writing.Outcome.Refused.NOT_COORDINATING);
      return;
    }
    stamper.observe(stamped.version());
    coordinate(
        stamped,
        outcome -> {
          boolean superseded = outcome instanceof Writing.Outcome.Superseded;
          if (superseded && worker.simulation().bug() == Bug.OWNER_STAMPS_AGAIN) {
            stampAgain(stamped, ((Writing.Outcome.Superseded) outcome).newest(), answer);
          } else {
            answer.accept(outcome);
          }
        });
  }

  /** The planted bug: a write that was handed on is written once more, however old it is. */
  private void stampAgain(
      Writing.Forwarded stamped, Version newest, Consumer<Writing.Outcome> answer) {
    stamper.observe(newest);
    stamper.stamp(
        List.of(),
        version -> {
          worker.simulation().history().stampedAgain(stamped.version(), version);
          coordinateForwarded(new Writing.Forwarded(stamped.write(), version), answer);
        },
        () -> answer.accept(unknown()));
  }

  private void coordinate(Writing.Forwarded stamped, Consumer<Writing.Outcome> answer) {
    if (coordinates(stamped.write().key())) {
      new WriteRun(worker, stamped, answer).start();
    } else {
      answer.accept(Writing.Outcome.Refused.NOT_COORDINATING);
    }
  }

  private static boolean isWorthAskingAnother(Writing.Outcome outcome) {
    return outcome instanceof Writing.Outcome.Refused
        || outcome instanceof Writing.Outcome.QuorumUnavailable;
  }

  private static Writing.Outcome unknown() {
    return new Writing.Outcome.Unknown(0, 0);
  }

  // Reads.

  /** A client's read. */
  void read(Key key, int r, Consumer<Reading.Outcome> answer) {
    if (coordinates(key)) {
      coordinate(key, r, answer);
      return;
    }
    new Failover<Reading.Outcome>(worker, otherOwners(key))
        .run(
            (from, peer, outcome, fault) -> forward(peer, key, r, outcome, fault),
            outcome -> !isAnswer(outcome),
            answer,
            kind -> answer.accept(new Reading.Outcome.TimedOut(r, 0)));
  }

  private void forward(
      Worker peer,
      Key key,
      int r,
      Consumer<Reading.Outcome> outcome,
      Consumer<PeerFault.Kind> fault) {
    worker
        .simulation()
        .network()
        .<Reading.Outcome>ask(
            worker,
            peer,
            Worker.REQUEST_TIMEOUT,
            (asked, reply) -> asked.router().coordinate(key, r, reply),
            outcome,
            fault);
  }

  private void coordinate(Key key, int r, Consumer<Reading.Outcome> answer) {
    if (coordinates(key)) {
      new ReadRun(worker, key, r, answer).start();
    } else {
      answer.accept(Reading.Outcome.Refused.NOT_COORDINATING);
    }
  }

  private static boolean isAnswer(Reading.Outcome outcome) {
    return outcome instanceof Reading.Outcome.Found
        || outcome instanceof Reading.Outcome.NotFound
        || outcome instanceof Reading.Outcome.TimedOut;
  }

  // Who.

  private boolean coordinates(Key key) {
    return worker.clocks().areSound() && worker.adopted().isCoordinator(worker.id(), key);
  }

  private List<Integer> otherOwners(Key key) {
    Topology topology = worker.adopted().topology();
    PreferenceList preference = topology.preferenceList(key);
    List<Integer> near = new ArrayList<>();
    List<Integer> far = new ArrayList<>();
    for (int owner : preference.owners(topology.state().ownersMin())) {
      if (owner != worker.id()) {
        (worker.isReachable(owner) ? near : far).add(owner);
      }
    }
    near.addAll(far);
    return near;
  }
}
