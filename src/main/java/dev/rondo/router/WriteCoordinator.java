package dev.rondo.router;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Underway;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.config.Timeouts;
import dev.rondo.core.quorum.Requirements;
import dev.rondo.core.quorum.WriteRound;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Coordinates stamped writes of keys that this worker owns. */
final class WriteCoordinator {

  private final View view;
  private final Patience patience;
  private final Timeouts timeouts;
  private final Carrier carrier;
  private final Conditions conditions;
  private final RouterMeters meters;
  private final Consumer<LateAcknowledgement> late;

  /** Writes whose last copy is not settled yet. */
  private final Underway underway;

  WriteCoordinator(
      View view,
      Patience patience,
      Timeouts timeouts,
      Carrier carrier,
      Conditions conditions,
      RouterMeters meters,
      Consumer<LateAcknowledgement> late,
      Underway underway) {
    this.view = view;
    this.patience = patience;
    this.timeouts = timeouts;
    this.carrier = carrier;
    this.conditions = conditions;
    this.meters = meters;
    this.late = late;
    this.underway = underway;
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
      return start(write, record(stamped), deadline);
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
    if (!view.rules().allow(write.w())) {
      return new Outcome.Impossible(view.objection("w", write.w()));
    }
    if (view.fitness().diskFull()) {
      return Outcome.Refused.DISK_FULL;
    }
    return underway.isFull() ? Outcome.Refused.OVERLOADED : null;
  }

  /** Much may have changed while the condition was looked at. */
  private Future<Outcome> startChecked(Writing.Forwarded stamped, long deadline) {
    Outcome refusal = refusal(stamped.write());
    if (refusal == null && Pacer.now() >= deadline) {
      refusal = new Outcome.QuorumUnavailable(view.told(stamped.write()).required(), 0);
    }
    return refusal == null
        ? start(stamped.write(), record(stamped), deadline)
        : Future.succeededFuture(refusal);
  }

  private Future<Outcome> start(Writing.Write write, StoredRecord record, long deadline) {
    Requirements requirements = view.rules().write(write.w());
    PreferenceList preference = view.topology().preferenceList(write.key());
    WriteRound round = new WriteRound(preference, requirements, write.sloppy(), view.self(), view);
    if (!round.isPossible()) {
      return Future.succeededFuture(
          new Outcome.QuorumUnavailable(round.scarcest().required(), round.available()));
    }
    WriteRun run = new WriteRun(this, round, requirements, write, record, deadline);
    underway.begun();
    Future<Outcome> outcome = run.start();
    if (!run.isAnswered()) {
      patience.with(record.encoded().length()).watch(run, deadline - Pacer.now());
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

  /**
   * Whether a write that has met its requirements has met those that are in force now. The quorums
   * may have changed while it was under way, and whoever reads by the new ones must meet it.
   */
  boolean isEnough(Writing.Write write, Requirements met) {
    Requirements now = view.rules().write(write.w());
    return met == now || met.imply(now);
  }

  /** Writes the same version once more, by the quorums in force now. */
  Future<Outcome> repeat(Writing.Write write, StoredRecord record, long deadline) {
    return view.topology().isOwner(view.self(), write.key())
        ? start(write, record, deadline)
        : Future.succeededFuture(Outcome.Refused.NOT_COORDINATING);
  }

  /** The last copy of a write is settled. */
  void finished() {
    underway.settled();
  }

  /** A copy was acknowledged behind the answer, and the client wants to know. */
  void tell(LateAcknowledgement acknowledgement) {
    late.accept(acknowledgement);
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
