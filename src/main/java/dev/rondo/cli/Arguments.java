package dev.rondo.cli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What java makes of the words of a command line before any command sees them. */
public final class Arguments {

  private static final char REPLACEMENT = '\uFFFD';

  private Arguments() {}

  /** Ends the process with a word about what is wrong with these, where something is. */
  public static void check(String[] arguments) {
    String fault = fault(arguments, System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (fault != null) {
      System.err.println("rondo: " + fault);
      System.exit(Exits.USAGE);
    }
  }

  /**
   * What is wrong with these, null for nothing. Where the locale is not one of UTF-8, java takes
   * every other character for one and the same: different keys would become one.
   *
   * @param encoding java's {@code sun.jnu.encoding}
   */
  static @Nullable String fault(String[] arguments, String encoding) {
    boolean lost =
        Arrays.stream(arguments).anyMatch(argument -> argument.indexOf(REPLACEMENT) >= 0);
    return lost && !encoding.equalsIgnoreCase("UTF-8")
        ? "an argument has characters that this locale ("
            + encoding
            + ") does not know; set LC_ALL=C.UTF-8"
        : null;
  }
}
