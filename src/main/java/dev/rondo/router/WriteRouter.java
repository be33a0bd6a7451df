package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Writing;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;

/**
 * Takes a client's write in: stamps it, then coordinates it here or passes it on to an owner.
 *
 * <p>The worker that takes a write in stamps it, even when it only passes it on. The same write may
 * then be handed to a second owner when the first one is silent: both write the same version, so
 * the first one's late copy changes nothing. For the same reason only this worker stamps again when
 * a replica holds something newer: it alone knows whether the client was answered meanwhile.
 */
final class WriteRouter {

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final Stamper stamper;
  private final WriteCoordinator coordinator;
  private final RouterMeters meters;

  WriteRouter(
      Bus bus,
      View view,
      Pacer pacer,
      Stamper stamper,
      WriteCoordinator coordinator,
      RouterMeters meters) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.stamper = stamper;
    this.coordinator = coordinator;
    this.meters = meters;
  }

  /** Answers a client's write. */
  Future<Writing.Outcome> write(Writing.Write write) {
    int n = view.copies();
    if (write.w() > n) {
      return Future.succeededFuture(
          new Writing.Outcome.Impossible(
              "w is %d, allowed are 1 to %d (the replication factor)".formatted(write.w(), n)));
    }
    if (!view.fitness().storageOpen()) {
      return Future.succeededFuture(Writing.Outcome.Refused.STORAGE_FAILED);
    }
    return attempt(write, Pacer.now() + write.timeoutMillis());
  }

  /** Stamps and writes, again while replicas hold something newer and there is time. */
  private Future<Writing.Outcome> attempt(Writing.Write write, long deadline) {
    List<Integer> others = view.otherOwners(write.key());
    return stamper
        .stamp(others)
        .compose(version -> place(write, version, others))
        .compose(outcome -> again(write, outcome, deadline));
  }

  private Future<Writing.Outcome> place(
      Writing.Write write, Version version, List<Integer> others) {
    Writing.Forwarded stamped = new Writing.Forwarded(write, version);
    if (view.coordinates(write.key())) {
      return coordinator.coordinate(stamped);
    }
    meters.proxied().increment();
    return new Failover<Writing.Outcome>(pacer, others)
        .run(
            peer ->
                bus.ask(
                    Addresses.FORWARD_WRITE,
                    new Peering.ForwardWrite(peer, stamped),
                    write.timeoutMillis()),
            WriteRouter::isWorthAskingAnother)
        .recover(failure -> Future.succeededFuture(honest(failure, write)));
  }

  private Future<Writing.Outcome> again(
      Writing.Write write, Writing.Outcome outcome, long deadline) {
    if (!(outcome instanceof Writing.Outcome.Superseded superseded)) {
      return Future.succeededFuture(outcome);
    }
    meters.superseded().increment();
    stamper.observe(superseded.newest());
    if (Pacer.now() >= deadline) {
      return Future.succeededFuture(new Writing.Outcome.Unknown(required(write), 0));
    }
    return attempt(write, deadline);
  }

  /** Nothing was written, and another owner may be better off. */
  private static boolean isWorthAskingAnother(Writing.Outcome outcome) {
    return outcome instanceof Writing.Outcome.Refused
        || outcome instanceof Writing.Outcome.QuorumUnavailable;
  }

  private Writing.Outcome honest(Throwable failure, Writing.Write write) {
    return Failover.mayHaveActed(failure)
        ? new Writing.Outcome.Unknown(required(write), 0)
        : new Writing.Outcome.QuorumUnavailable(required(write), 0);
  }

  private int required(Writing.Write write) {
    return write.w() == 0 ? view.topology().quorums().writeQuorum() : write.w();
  }
}
