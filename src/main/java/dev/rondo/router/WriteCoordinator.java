package dev.rondo.router;

import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Coordinates stamped writes of keys that this worker owns. */
final class WriteCoordinator {

  /** Writes whose last copy is not settled yet; more are refused, so that memory is bounded. */
  private static final int UNDERWAY_MAX = 20_000;

  private final View view;
  private final Pacer pacer;
  private final Timeouts timeouts;
  private final Carrier carrier;
  private final Conditions conditions;
  private final RouterMeters meters;
  private int underway;

  WriteCoordinator(
      View view,
      Pacer pacer,
      Timeouts timeouts,
      Carrier carrier,
      Conditions conditions,
      RouterMeters meters) {
    this.view = view;
    this.pacer = pacer;
    this.timeouts = timeouts;
    this.carrier = carrier;
    this.conditions = conditions;
    this.meters = meters;
    meters.underway(() -> underway);
  }

  /** Writes under the given version; superseded rather than under another one. */
  Future<Outcome> coordinate(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    Outcome refusal = refusal(write);
    if (refusal != null) {
      return Future.succeededFuture(refusal);
    }
    long deadline = Pacer.now() + Math.min(write.timeoutMillis(), timeouts.coordinateMillis());
    if (write.condition() == Writing.Condition.Always.ALWAYS) {
      return start(stamped, deadline);
    }
    return conditions
        .obstacle(stamped)
        .compose(
            obstacle ->
                obstacle.isPresent()
                    ? Future.succeededFuture(obstacle.get())
                    : startChecked(stamped, deadline));
  }

  /** Why nothing is sent at all; null when there is no reason. */
  private @Nullable Outcome refusal(Writing.Write write) {
    if (!view.coordinates(write.key())) {
      return Outcome.Refused.NOT_COORDINATING;
    }
    if (!view.allows(write.w())) {
      return new Outcome.Impossible(view.objection("w", write.w()));
    }
    if (view.fitness().diskFull()) {
      return Outcome.Refused.DISK_FULL;
    }
    return underway >= UNDERWAY_MAX ? Outcome.Refused.OVERLOADED : null;
  }

  /** Much may have changed while the condition was looked at. */
  private Future<Outcome> startChecked(Writing.Forwarded stamped, long deadline) {
    Outcome refusal = refusal(stamped.write());
    if (refusal == null && Pacer.now() >= deadline) {
      refusal = new Outcome.QuorumUnavailable(view.required(stamped.write()), 0);
    }
    return refusal == null ? start(stamped, deadline) : Future.succeededFuture(refusal);
  }

  private Future<Outcome> start(Writing.Forwarded stamped, long deadline) {
    Writing.Write write = stamped.write();
    int w = view.required(write);
    PreferenceList preference = view.topology().preferenceList(write.key());
    int eligible = write.sloppy() ? preference.size() : view.copies();
    WriteRound round =
        new WriteRound(
            preference,
            view.copies(),
            w,
            write.sloppy(),
            view.self(),
            view.counted(preference, eligible, w));
    if (round.available() < w) {
      return Future.succeededFuture(new Outcome.QuorumUnavailable(w, round.available()));
    }
    WriteRun run = new WriteRun(this, round, write, record(stamped), w, view.copies());
    underway++;
    Future<Outcome> outcome = run.start();
    if (!run.isAnswered()) {
      pacer.watch(run, deadline - Pacer.now());
    }
    return outcome;
  }

  private static StoredRecord record(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    Writing.Content content = write.content();
    Version version = stamped.version();
    return content == null
        ? StoredRecord.tombstone(write.key(), version)
        : StoredRecord.live(write.key(), version, content.contentType(), content.value());
  }

  /** The last copy of a write is settled. */
  void finished() {
    underway--;
  }

  int self() {
    return view.self();
  }

  Carrier carrier() {
    return carrier;
  }

  RouterMeters meters() {
    return meters;
  }
}
