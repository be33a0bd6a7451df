package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Underway;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.ReadRound;
import dev.rondo.core.quorum.Requirements;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import io.vertx.core.Future;
import java.util.List;

/** Coordinates reads of keys that this worker owns. */
final class ReadCoordinator {

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final Timeouts timeouts;
  private final ReadRepair repair;
  private final RouterMeters meters;

  /** Reads that wait for their turn or for answers. */
  private final Underway underway;

  private final ReadTurns turns;

  ReadCoordinator(
      Bus bus,
      View view,
      Pacer pacer,
      Timeouts timeouts,
      ReadRepair repair,
      RouterMeters meters,
      Underway underway,
      ReadTurns turns) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.timeouts = timeouts;
    this.repair = repair;
    this.meters = meters;
    this.underway = underway;
    this.turns = turns;
  }

  /** Reads from R owners. */
  Future<Reading.Outcome> coordinate(Reading.Read read) {
    if (!view.coordinatesReads(read.key())) {
      return Future.succeededFuture(Reading.Outcome.Refused.NOT_COORDINATING);
    }
    if (!view.rules().allow(read.r())) {
      return Future.succeededFuture(new Reading.Outcome.Impossible(view.objection("r", read.r())));
    }
    if (underway.isFull()) {
      return Future.succeededFuture(Reading.Outcome.Refused.OVERLOADED);
    }
    underway.begun();
    long came = Pacer.now();
    long millis = Math.min(read.timeoutMillis(), timeouts.coordinateMillis());
    return turns.await(
        millis,
        () -> begin(read, millis + came - Pacer.now()),
        () -> {
          underway.settled();
          return Reading.Outcome.Refused.OVERLOADED;
        });
  }

  private Future<Reading.Outcome> begin(Reading.Read read, long millis) {
    Requirements requirements = view.rules().read(read.r());
    PreferenceList preference = view.topology().preferenceList(read.key());
    ReadRound round = new ReadRound(preference, requirements, view.self(), view, view.behind());
    if (!round.isPossible()) {
      turns.arrived();
      underway.settled();
      return Future.succeededFuture(
          new Reading.Outcome.QuorumUnavailable(round.scarcest().required(), round.available()));
    }
    ReadRun run = new ReadRun(this, round, read.key());
    Future<Reading.Outcome> outcome = run.start();
    if (!run.isAnswered()) {
      pacer.watch(run, Math.max(1, millis));
    }
    return outcome;
  }

  /** What one owner holds of a key: this worker's own disk or a peer's. */
  Future<Holding.Answer> fetch(Key key, ReadRound.Ask ask) {
    Holding.Want want = ask.value() ? Holding.Want.RECORD : Holding.Want.VERSION;
    if (ask.worker() == view.self()) {
      return bus.ask(
              Addresses.LOOK_UP,
              new Holding.Lookup(List.of(new Holding.Item(key, want))),
              timeouts.storeMillis())
          .map(held -> held.answers().get(0));
    }
    return bus.ask(
        Addresses.FETCH, new Peering.Fetch(ask.worker(), key, want), timeouts.replicaMillis());
  }

  /** The last question of a read is settled. */
  void finished() {
    underway.settled();
  }

  int self() {
    return view.self();
  }

  ReadTurns turns() {
    return turns;
  }

  ReadRepair repair() {
    return repair;
  }

  RouterMeters meters() {
    return meters;
  }
}
