package dev.rondo.core.version;

import java.util.regex.Pattern;

/**
 * A hybrid-logical-clock version: 48 bits of milliseconds since 1970 and a 16-bit counter in {@code
 * timestamp}, then the id of the worker that stamped it. No two writes share one.
 *
 * @see <a href="https://cse.buffalo.edu/tech-reports/2014-04.pdf">Logical Physical Clocks</a>
 */
public record Version(long timestamp, int worker) implements Comparable<Version> {

  /** Lower than every version: nothing was ever written. */
  public static final Version NONE = new Version(0, 0);

  private static final int DIGITS = 16;
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{16}-(0|[1-9][0-9]{0,8})");

  /** The version with these parts. */
  public static Version of(long millis, int counter, int worker) {
    return new Version((millis << 16) | (counter & 0xffff), worker);
  }

  /** Reads the text form; throws {@link IllegalArgumentException} when it is none. */
  public static Version parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a version");
    }
    return new Version(
        Long.parseUnsignedLong(text.substring(0, DIGITS), 16),
        Integer.parseInt(text.substring(DIGITS + 1)));
  }

  /** The wall-clock part, milliseconds since 1970. */
  public long millis() {
    return timestamp >>> 16;
  }

  /** Whether anything was written at all. */
  public boolean exists() {
    return timestamp != 0;
  }

  /** Whether this one wins over {@code other}. */
  public boolean isAfter(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    int byTime = Long.compareUnsigned(timestamp, other.timestamp);
    return byTime != 0 ? byTime : Integer.compare(worker, other.worker);
  }

  /** The later of the two. */
  public static Version max(Version a, Version b) {
    return a.isAfter(b) ? a : b;
  }

  /** Sixteen hexadecimal digits of timestamp, a dash, the worker: {@code 019abc0123450002-3}. */
  @Override
  public String toString() {
    String digits = Long.toHexString(timestamp);
    return "0".repeat(DIGITS - digits.length()) + digits + "-" + worker;
  }
}
