package dev.rondo.wire;

/** Words of another node on their way into a log, an event or an answer. */
public final class Quoted {

  private static final int LENGTH_MAX = 200;

  private Quoted() {}

  /** The text in one line that is not long, whatever the other node sent. */
  public static String line(String words) {
    StringBuilder line = new StringBuilder(Math.min(words.length(), LENGTH_MAX));
    words
        .codePoints()
        .limit(LENGTH_MAX)
        .map(each -> isHarmless(each) ? each : '?')
        .forEach(line::appendCodePoint);
    return line.length() < words.length() ? line + "…" : line.toString();
  }

  private static boolean isHarmless(int each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
