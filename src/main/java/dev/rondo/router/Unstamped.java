package dev.rondo.router;

import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** No version could be made, because the clock's mark could not be made durable. */
final class Unstamped extends Exception {

  private static final long serialVersionUID = 1L;

  private final Writing.Outcome.Refused reason;

  private Unstamped(Writing.Outcome.Refused reason, String what) {
    super("the clock's mark was not stored: " + what, null, false, false);
    this.reason = reason;
  }

  /** The storage declined. */
  static Unstamped refused(Storing.Result result) {
    if (result == Storing.Result.Refusal.DISK_FULL) {
      return new Unstamped(Writing.Outcome.Refused.DISK_FULL, result.toString());
    }
    return result == Storing.Result.Refusal.OVERLOADED
        ? new Unstamped(Writing.Outcome.Refused.OVERLOADED, result.toString())
        : new Unstamped(Writing.Outcome.Refused.STORAGE_FAILED, result.toString());
  }

  /** The storage did not answer, or not in time. */
  static Unstamped failed(Throwable failure) {
    boolean late =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
    return new Unstamped(
        late ? Writing.Outcome.Refused.OVERLOADED : Writing.Outcome.Refused.STORAGE_FAILED,
        failure.toString());
  }

  /** What the client is told; nothing was sent. */
  Writing.Outcome.Refused reason() {
    return reason;
  }
}
