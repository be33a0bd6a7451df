package dev.rondo.cli;

/** The exit codes of commands. */
public final class Exits {

  public static final int OK = 0;

  /** Refused, or a bug. */
  public static final int FAILED = 1;

  /** The arguments make no sense. */
  public static final int USAGE = 2;

  static final int NOT_FOUND = 3;

  /** Somebody else was quicker, or a change is under way. */
  static final int CONFLICT = 4;

  /** Nothing was changed; trying again is safe. */
  public static final int UNAVAILABLE = 5;

  /** It may have been done. */
  static final int UNKNOWN = 6;

  /** For the help of each command. */
  static final String HELP =
      "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 not found, 4 conflict, 5 unavailable (nothing"
          + " changed), 6 outcome unknown.";

  private Exits() {}

  /** What a status of HTTP comes to. */
  static int ofStatus(int status) {
    return switch (status) {
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 429, 503, 507 -> UNAVAILABLE;
      case 504 -> UNKNOWN;
      default -> status < 300 ? OK : FAILED;
    };
  }
}
