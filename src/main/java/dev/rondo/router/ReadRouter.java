package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reading;
import io.vertx.core.Future;

/** Takes a client's read in: coordinates it here or passes it on to an owner. */
final class ReadRouter {

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final ReadCoordinator coordinator;
  private final RouterMeters meters;

  ReadRouter(Bus bus, View view, Pacer pacer, ReadCoordinator coordinator, RouterMeters meters) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.coordinator = coordinator;
    this.meters = meters;
  }

  /** Answers a client's read. */
  Future<Reading.Outcome> read(Reading.Read read) {
    int n = view.copies();
    if (read.r() > n) {
      return Future.succeededFuture(
          new Reading.Outcome.Impossible(
              "r is %d, allowed are 1 to %d (the replication factor)".formatted(read.r(), n)));
    }
    if (!view.fitness().storageOpen()) {
      return Future.succeededFuture(Reading.Outcome.Refused.STORAGE_FAILED);
    }
    return view.coordinates(read.key()) ? coordinator.coordinate(read) : pass(read);
  }

  private Future<Reading.Outcome> pass(Reading.Read read) {
    meters.proxied().increment();
    return new Failover<Reading.Outcome>(pacer, view.otherOwners(read.key()))
        .run(
            peer ->
                bus.ask(
                    Addresses.FORWARD_READ,
                    new Peering.ForwardRead(peer, read),
                    read.timeoutMillis()),
            ReadRouter::isWorthAskingAnother)
        .recover(failure -> Future.succeededFuture(honest(failure, read)));
  }

  private static boolean isWorthAskingAnother(Reading.Outcome outcome) {
    return outcome instanceof Reading.Outcome.Refused
        || outcome instanceof Reading.Outcome.QuorumUnavailable;
  }

  private Reading.Outcome honest(Throwable failure, Reading.Read read) {
    int required = read.r() == 0 ? view.topology().quorums().readQuorum() : read.r();
    return Failover.mayHaveActed(failure)
        ? new Reading.Outcome.TimedOut(required, 0)
        : new Reading.Outcome.QuorumUnavailable(required, 0);
  }
}
