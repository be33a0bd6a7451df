package dev.rondo.router;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
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

  /** What the client has to be told instead of writing; empty when the write may go ahead. */
  Future<Optional<Writing.Outcome>> check(Writing.Forwarded stamped) {
    Writing.Write write = stamped.write();
    return reads
        .coordinate(new Reading.Read(write.key(), 0, write.timeoutMillis()))
        .map(outcome -> judge(stamped, outcome));
  }

  private static Optional<Writing.Outcome> judge(
      Writing.Forwarded stamped, Reading.Outcome outcome) {
    if (outcome instanceof Reading.Outcome.Found found) {
      Version held = found.record().version();
      return meets(stamped, held)
          ? Optional.empty()
          : Optional.of(new Writing.Outcome.ConditionFailed(held));
    }
    if (outcome instanceof Reading.Outcome.NotFound missing) {
      return missing.tombstone().equals(stamped.version()) || meets(stamped, Version.NONE)
          ? Optional.empty()
          : Optional.of(new Writing.Outcome.ConditionFailed(Version.NONE));
    }
    return Optional.of(refusal(outcome));
  }

  /**
   * Whether the write may replace what is held. It may also replace itself: another owner may have
   * written it before this one was asked.
   */
  private static boolean meets(Writing.Forwarded stamped, Version held) {
    Writing.Condition condition = stamped.write().condition();
    if (held.exists() && held.equals(stamped.version())) {
      return true;
    }
    if (condition instanceof Writing.Condition.Matches matches) {
      return matches.versions().contains(held);
    }
    return condition == Writing.Condition.Absent.ABSENT ? !held.exists() : held.exists();
  }

  private static Writing.Outcome refusal(Reading.Outcome outcome) {
    if (outcome instanceof Reading.Outcome.QuorumUnavailable few) {
      return new Writing.Outcome.QuorumUnavailable(few.required(), few.available());
    }
    if (outcome instanceof Reading.Outcome.TimedOut late) {
      return new Writing.Outcome.QuorumUnavailable(late.required(), late.answered());
    }
    return outcome == Reading.Outcome.Refused.OVERLOADED
        ? Writing.Outcome.Refused.OVERLOADED
        : Writing.Outcome.Refused.NOT_COORDINATING;
  }
}
