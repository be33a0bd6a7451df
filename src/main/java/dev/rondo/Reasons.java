package dev.rondo;

import java.util.Optional;

/** Why something failed, in one line. */
final class Reasons {

  private Reasons() {}

  /** The message of the innermost cause that has one. */
  static String of(Throwable failure) {
    String reason = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      reason = Optional.ofNullable(cause.getMessage()).orElse(reason);
    }
    return reason.lines().findFirst().orElse(reason);
  }
}
