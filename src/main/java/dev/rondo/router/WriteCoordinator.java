package dev.rondo.router;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Writing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;

/** Coordinates stamped writes of keys that this worker owns. */
final class WriteCoordinator {

  /** Writes whose last copy is not settled yet; more are refused, so that memory is bounded. */
  private static final int UNDERWAY_MAX = 20_000;

  private final Bus bus;
  private final View view;
  private final Pacer pacer;
  private final Timeouts timeouts;
  private final Conditions conditions;
  private final RouterMeters meters;
  private int underway;

  WriteCoordinator(
      Bus bus,
      View view,
      Pacer pacer,
      Timeouts timeouts,
      Conditions conditions,
      RouterMeters meters) {
    this.bus = bus;
    this.view = view;
    this.pacer = pacer;
    this.timeouts = timeouts;
    this.conditions = conditions;
    this.meters = meters;
    meters.underway(() -> underway);
  }

  /** Writes under the given version; superseded rather than under another one. */
  Future<Writing.Outcome> coordinate(Writing.Forwarded stamped) {
    if (!view.coordinates(stamped.write().key())) {
      return Future.succeededFuture(Writing.Outcome.Refused.NOT_COORDINATING);
    }
    if (view.fitness().diskFull()) {
      return Future.succeededFuture(Writing.Outcome.Refused.DISK_FULL);
    }
    if (underway >= UNDERWAY_MAX) {
      return Future.succeededFuture(Writing.Outcome.Refused.OVERLOADED);
    }
    if (stamped.write().condition() == Writing.Condition.Always.ALWAYS) {
      return start(stamped);
    }
    return conditions
        .check(stamped)
        .compose(obstacle -> obstacle.map(Future::succeededFuture).orElseGet(() -> start(stamped)));
  }

  private Future<Writing.Outcome> start(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    int w = write.w() == 0 ? view.topology().quorums().writeQuorum() : write.w();
    WriteRound round =
        new WriteRound(
            view.topology().preferenceList(write.key()),
            view.copies(),
            w,
            write.sloppy(),
            view.self(),
            view::isReachable);
    if (round.available() < w) {
      return Future.succeededFuture(new Writing.Outcome.QuorumUnavailable(w, round.available()));
    }
    underway++;
    WriteRun run = new WriteRun(this, round, write.key(), record(stamped), w, view.copies());
    pacer.watch(run, Math.min(write.timeoutMillis(), timeouts.coordinateMillis()));
    return run.start();
  }

  private static StoredRecord record(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    Writing.Content content = write.content();
    Version version = stamped.version();
    return content == null
        ? StoredRecord.tombstone(write.key(), version)
        : StoredRecord.live(write.key(), version, content.contentType(), content.value());
  }

  void finished() {
    underway--;
  }

  Bus bus() {
    return bus;
  }

  int self() {
    return view.self();
  }

  Timeouts timeouts() {
    return timeouts;
  }

  RouterMeters meters() {
    return meters;
  }
}
