package dev.rondo.cli;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;

/** Why something failed, in one line for a person. */
public final class Reasons {

  private Reasons() {}

  /** The messages from the outside in, each said once. */
  public static String of(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      String message = first(one);
      if (!hasNothingToAdd(one) && reason.indexOf(message) < 0) {
        reason.append(reason.isEmpty() ? "" : ": ").append(message);
      }
    }
    return reason.toString();
  }

  /** What only wraps another failure has that one's name as its message. */
  private static boolean hasNothingToAdd(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null && cause.toString().equals(failure.getMessage());
  }

  private static String first(Throwable failure) {
    String message =
        failure instanceof FileSystemException file && file.getReason() == null
            ? file.getFile() + ": " + kind(file)
            : Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    return message.lines().findFirst().orElse(message);
  }

  /** The message of these is a file's name alone, and what is wrong with it their own. */
  private static String kind(FileSystemException failure) {
    String name = failure.getClass().getSimpleName().replace("Exception", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
