package dev.rondo.router;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.concurrent.TimeoutException;

/**
 * Takes a client's write in: stamps it, then coordinates it here or passes it on to an owner.
 *
 * <p>The worker that takes a write in stamps it, even when it only passes it on. The same write may
 * then be handed to a second owner when the first one is silent: both write the same version, so
 * the first one's late copy changes nothing. For the same reason only this worker stamps again when
 * a replica holds something newer: it alone knows whether the client was answered meanwhile.
 */
final class WriteRouter {

  /** Attempts that follow each other at once; further ones wait a little. */
  private static final int HASTY_ATTEMPTS = 3;

  private static final long PAUSE_MILLIS = 10;

  /** Of its time, a large value may wait so much for its turn: the rest is for writing it. */
  private static final double WAITING_SHARE = 0.75;

  private final Bus bus;
  private final View view;
  private final Patience patience;
  private final Settling settling;
  private final Turns turns;
  private final Stamper stamper;
  private final WriteCoordinator coordinator;
  private final RouterMeters meters;

  WriteRouter(
      Bus bus,
      View view,
      Patience patience,
      Settling settling,
      Turns turns,
      Stamper stamper,
      WriteCoordinator coordinator,
      RouterMeters meters) {
    this.bus = bus;
    this.view = view;
    this.patience = patience;
    this.settling = settling;
    this.turns = turns;
    this.stamper = stamper;
    this.coordinator = coordinator;
    this.meters = meters;
  }

  /** Answers a client's write, within its timeout. */
  Future<Outcome> write(Writing.Write write) {
    if (!view.rules().allow(write.w())) {
      return Future.succeededFuture(new Outcome.Impossible(view.objection("w", write.w())));
    }
    if (!view.fitness().storageOpen()) {
      return Future.succeededFuture(Outcome.Refused.STORAGE_FAILED);
    }
    WriteAttempt first = WriteAttempt.first(write);
    return settling.await(first.millisLeft(), () -> inTurn(first));
  }

  private Future<Outcome> inTurn(WriteAttempt first) {
    return turns.await(
        valueBytes(first.write()),
        (long) (first.millisLeft() * WAITING_SHARE),
        () -> attempt(first),
        Outcome.Refused.OVERLOADED);
  }

  private Future<Outcome> attempt(WriteAttempt attempt) {
    return stamper
        .stamp(attempt.floor(), attempt.millisLeft())
        .compose(
            version -> place(attempt, version),
            failure -> Future.succeededFuture(unstamped(attempt, failure)))
        .compose(outcome -> again(attempt, outcome));
  }

  private Future<Outcome> place(WriteAttempt attempt, Version version) {
    return view.coordinates(attempt.write().key())
        ? coordinator.coordinate(attempt.stamped(version, attempt.millisLeft()))
        : passOn(attempt, version);
  }

  private Future<Outcome> passOn(WriteAttempt attempt, Version version) {
    meters.proxied().increment();
    return new Failover<>(
            patience.with(valueBytes(attempt.write())),
            meters,
            view.otherCoordinators(attempt.write().key()),
            new WriteForward(bus, attempt, version))
        .run(attempt.millisLeft())
        .recover(failure -> Future.succeededFuture(unanswered(attempt, failure)));
  }

  private static int valueBytes(Writing.Write write) {
    Writing.Content content = write.content();
    return content == null ? 0 : content.value().length();
  }

  /** Stamps again while replicas hold something newer and there is time. */
  private Future<Outcome> again(WriteAttempt attempt, Outcome outcome) {
    if (!(outcome instanceof Outcome.Superseded superseded)) {
      return Future.succeededFuture(attempt.number() == 1 ? outcome : honest(attempt, outcome));
    }
    meters.superseded().increment();
    WriteAttempt next = attempt.above(superseded.newest());
    // What lies too far in the future to be passed now can be passed when its time has come.
    long wait = stamper.millisUntilAccepted(next.floor());
    long pause = wait > 0 ? wait + PAUSE_MILLIS : next.number() > HASTY_ATTEMPTS ? PAUSE_MILLIS : 0;
    if (next.deadline() - Pacer.now() <= pause) {
      return Future.succeededFuture(unknown(attempt));
    }
    return pause == 0
        ? attempt(next)
        : patience.usual().pause(pause).compose(over -> attempt(next));
  }

  /** Some replica may hold what an earlier attempt sent, so nothing but success is certain. */
  private Outcome honest(WriteAttempt attempt, Outcome outcome) {
    return outcome instanceof Outcome.Acknowledged || outcome instanceof Outcome.Unknown
        ? outcome
        : unknown(attempt);
  }

  private Outcome unstamped(WriteAttempt attempt, Throwable failure) {
    if (failure instanceof Unstamped refusal) {
      return refusal.reason();
    }
    if (failure instanceof TimeoutException) {
      // This worker's own storage is slow.
      return Outcome.Refused.OVERLOADED;
    }
    int required = view.told(attempt.write()).required();
    return view.reachable() < required
        ? new Outcome.QuorumUnavailable(required, 0)
        : Outcome.Refused.UNSTAMPED;
  }

  private Outcome unanswered(WriteAttempt attempt, Throwable failure) {
    return Failover.mayHaveActed(failure)
        ? unknown(attempt)
        : new Outcome.QuorumUnavailable(view.told(attempt.write()).required(), 0);
  }

  private Outcome unknown(WriteAttempt attempt) {
    return new Outcome.Unknown(view.told(attempt.write()).required(), 0);
  }
}
