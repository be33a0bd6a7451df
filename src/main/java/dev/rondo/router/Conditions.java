package dev.rondo.router;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Checks the condition of a write by a quorum read before it. Best effort: a write that arrives
 * between the check and the write is not noticed.
 */
final class Conditions {

  private final ReadCoordinator reads;

  Conditions(ReadCoordinator reads) {
    this.reads = reads;
  }

  /** What has to be answered instead of writing; empty when the write may go ahead. */
  Future<Optional<Outcome>> obstacle(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    return reads
        .coordinate(new Reading.Read(write.key(), 0, write.timeoutMillis()))
        .map(outcome -> judge(stamped, outcome));
  }

  private static Optional<Outcome> judge(Writing.Forwarded stamped, Reading.Outcome outcome) {
    if (outcome instanceof Reading.Outcome.Found found) {
      Version held = found.record().version();
      return judge(stamped, held, held);
    }
    if (outcome instanceof Reading.Outcome.NotFound missing) {
      return judge(stamped, Version.NONE, missing.tombstone());
    }
    return Optional.of(refusal(outcome));
  }

  /**
   * The write may go ahead where the condition holds. It may also replace itself: another owner may
   * have written it before this one was asked.
   *
   * @param held the version of the value, NONE where there is none
   * @param latest the version of the value or of its deletion
   */
  private static Optional<Outcome> judge(Writing.Forwarded stamped, Version held, Version latest) {
    if (latest.equals(stamped.version())) {
      return Optional.empty();
    }
    if (!isMet(stamped.write().condition(), held)) {
      return Optional.of(new Outcome.ConditionFailed(held));
    }
    return latest.isAfter(stamped.version())
        ? Optional.of(new Outcome.Superseded(latest))
        : Optional.empty();
  }

  private static boolean isMet(Writing.Condition condition, Version held) {
    if (condition instanceof Writing.Condition.Matches matches) {
      return held.exists() && matches.versions().contains(held);
    }
    return condition == Writing.Condition.Absent.ABSENT ? !held.exists() : held.exists();
  }

  /** Nothing was sent, so that even a read that took too long leaves nothing open. */
  private static Outcome refusal(Reading.Outcome outcome) {
    if (outcome instanceof Reading.Outcome.QuorumUnavailable few) {
      return new Outcome.QuorumUnavailable(few.required(), few.available());
    }
    if (outcome instanceof Reading.Outcome.TimedOut late) {
      return new Outcome.QuorumUnavailable(late.required(), late.answered());
    }
    return outcome == Reading.Outcome.Refused.OVERLOADED
        ? Outcome.Refused.OVERLOADED
        : Outcome.Refused.NOT_COORDINATING;
  }
}
