package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Reading.Outcome;
import io.vertx.core.Future;

/** Takes a client's read in: coordinates it here or passes it on to an owner. */
final class ReadRouter {

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final Settling settling;
  private final ReadCoordinator coordinator;
  private final RouterMeters meters;

  ReadRouter(
      Bus bus,
      View view,
      Pacer pacer,
      Settling settling,
      ReadCoordinator coordinator,
      RouterMeters meters) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.settling = settling;
    this.coordinator = coordinator;
    this.meters = meters;
  }

  /** Answers a client's read, within its timeout. */
  Future<Outcome> read(Reading.Read read) {
    if (!view.rules().allow(read.r())) {
      return Future.succeededFuture(new Outcome.Impossible(view.objection("r", read.r())));
    }
    if (!view.fitness().storageOpen()) {
      return Future.succeededFuture(Outcome.Refused.STORAGE_FAILED);
    }
    long came = Pacer.now();
    return settling.awaitIdentity(
        read.timeoutMillis(), () -> place(read.within(read.timeoutMillis() + came - Pacer.now())));
  }

  private Future<Outcome> place(Reading.Read read) {
    return view.coordinatesReads(read.key()) ? coordinator.coordinate(read) : passOn(read);
  }

  private Future<Outcome> passOn(Reading.Read read) {
    meters.proxied().increment();
    return new Failover<>(pacer, meters, view.otherCoordinators(read.key()), new Forward(bus, read))
        .run(read.timeoutMillis())
        .recover(failure -> Future.succeededFuture(unanswered(read, failure)));
  }

  /** A read changes nothing, so that whoever has the value first is right. */
  private record Forward(Bus bus, Reading.Read read) implements Failover.Question<Outcome> {

    @Override
    public Future<Outcome> ask(int peer, long millisLeft) {
      Peering.ForwardRead rest = new Peering.ForwardRead(peer, read.within(millisLeft));
      return bus.ask(Addresses.FORWARD_READ, rest, millisLeft);
    }

    @Override
    public Failover.Worth worth(Outcome outcome) {
      return outcome instanceof Outcome.Refused
              || outcome instanceof Outcome.QuorumUnavailable
              || outcome instanceof Outcome.TimedOut
          ? Failover.Worth.ASK_ANOTHER
          : Failover.Worth.FINAL;
    }

    @Override
    public Outcome better(Outcome before, Outcome now) {
      return now;
    }
  }

  private Outcome unanswered(Reading.Read read, Throwable failure) {
    int required = view.told(read).required();
    return Failover.mayHaveActed(failure)
        ? new Outcome.TimedOut(required, 0)
        : new Outcome.QuorumUnavailable(required, 0);
  }
}
