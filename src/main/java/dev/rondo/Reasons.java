package dev.rondo;

import java.util.Optional;

/** Why something failed, in one line. */
final class Reasons {

  private Reasons() {}

  /** The messages from the outside in, each said once. */
  static String of(Throwable failure) {
    StringBuilder reason = new StringBuilder(first(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (reason.indexOf(first(cause)) < 0) {
        reason.append(": ").append(first(cause));
      }
    }
    return reason.toString();
  }

  private static String first(Throwable failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    return message.lines().findFirst().orElse(message);
  }
}
