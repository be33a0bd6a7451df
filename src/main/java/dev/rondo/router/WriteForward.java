package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;

/** Asks owners to coordinate one and the same stamped write, until one of them has done it. */
record WriteForward(Bus bus, WriteAttempt attempt, Version version)
    implements Failover.Question<Outcome> {

  @Override
  public Future<Outcome> ask(int peer, long millisLeft) {
    return bus.ask(
        Addresses.FORWARD_WRITE,
        new Peering.ForwardWrite(peer, attempt.stamped(version, millisLeft)),
        millisLeft);
  }

  @Override
  public Failover.Worth worth(Outcome outcome) {
    if (outcome instanceof Outcome.ConditionFailed || outcome instanceof Outcome.Impossible) {
      // The condition may have failed because of what another owner wrote for us just before; and
      // one that goes by another epoch may have written what this one takes for impossible.
      return Failover.Worth.UNLESS_BETTER;
    }
    // After too few copies as well: another owner writes the same version, not a second one.
    return outcome instanceof Outcome.Refused
            || outcome instanceof Outcome.QuorumUnavailable
            || outcome instanceof Outcome.Unknown
        ? Failover.Worth.ASK_ANOTHER
        : Failover.Worth.FINAL;
  }

  /** The one that leaves most open, since the client is told nothing that may not be so. */
  @Override
  public Outcome better(Outcome before, Outcome now) {
    return openness(before) > openness(now) ? before : now;
  }

  private static int openness(Outcome outcome) {
    if (outcome instanceof Outcome.Unknown) {
      return 2;
    }
    return outcome instanceof Outcome.ConditionFailed || outcome instanceof Outcome.Impossible
        ? 1
        : 0;
  }
}
