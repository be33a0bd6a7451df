package dev.rondo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What progress is shown on. */
public final class Terminal {

  private static final int BAR = 30;
  private static final String TERMINAL = "/dev/(pts/|tty|console).*";

  private Terminal() {}

  /**
   * Whether standard error, where progress goes, is a terminal. {@code System.console()} does not
   * say: it looks at standard output, and from Java 22 on is there in any case.
   */
  public static boolean isStandardError() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString().matches(TERMINAL);
    } catch (IOException | UnsupportedOperationException noProc) {
      return false;
    }
  }

  /** A bar that is full at 1. */
  public static String bar(double fraction) {
    int full = (int) (Math.max(0, Math.min(1, fraction)) * BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  /** Takes back the line that was shown last. */
  public static String lineAnew() {
    return "\r\033[K";
  }
}
