package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. One that is misspelt, given twice, malformed or out of range is
 * refused by name: a client must not believe that it was heeded.
 */
public final class Query {

  private static final Query EMPTY = new Query(Map.of());
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");
  private static final int INTEGER_DIGITS_MAX = 9;
  private static final int SHOWN_MAX = 32;

  private final Map<String, Bytes> values;

  private Query(Map<String, Bytes> values) {
    this.values = values;
  }

  /** Reads a raw query, which may be null for none. */
  public static Query parse(@Nullable String raw, Set<String> allowed) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    Map<String, Bytes> values = new HashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        add(pair, allowed, values);
      }
    }
    return new Query(values);
  }

  private static void add(String pair, Set<String> allowed, Map<String, Bytes> values) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals), "query").toUtf8();
    if (!allowed.contains(name)) {
      throw new Rejection(
          ProblemCode.UNKNOWN_PARAMETER,
          "There is no parameter '%s' here, allowed: %s"
              .formatted(shown(name), allowed.isEmpty() ? "none" : list(allowed)));
    }
    Bytes value = equals < 0 ? Bytes.EMPTY : decode(pair.substring(equals + 1), name);
    if (values.put(name, value) != null) {
      throw new Rejection(ProblemCode.MALFORMED_PARAMETER, name + " is given twice");
    }
  }

  private static Bytes decode(String raw, String what) {
    return Percent.decodeQuery(raw, ProblemCode.MALFORMED_PARAMETER, what);
  }

  /** The bytes of a text, {@code EMPTY} when it is not given. */
  public Bytes bytes(String name, int lengthMax) {
    Bytes value = values.getOrDefault(name, Bytes.EMPTY);
    if (value.length() > lengthMax) {
      throw new Rejection(
          ProblemCode.IMPOSSIBLE_PARAMETER,
          "%s has %d bytes, allowed are 0 to %d".formatted(name, value.length(), lengthMax));
    }
    return value;
  }

  /** A claim, written {@code true} or {@code false}. */
  public boolean flag(String name, boolean otherwise) {
    Bytes value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    String text = value.toUtf8();
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed(name, text, "true, false");
    }
    return text.equals("true");
  }

  /** A whole number from 1 to {@code most}; {@code range} says so to people. */
  public int positive(String name, int most, String range, int otherwise) {
    Bytes value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    String text = value.toUtf8();
    if (!INTEGER.matcher(text).matches()) {
      throw malformed(name, text, "a whole number, " + range);
    }
    int number = text.length() > INTEGER_DIGITS_MAX ? 0 : Integer.parseInt(text);
    if (number < 1 || number > most) {
      throw new Rejection(
          ProblemCode.IMPOSSIBLE_PARAMETER,
          "%s is %s, allowed: %s".formatted(name, shown(text), range));
    }
    return number;
  }

  /** A number of events or the like, from 0. */
  public long sequence(String name, long otherwise) {
    Bytes value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    String text = value.toUtf8();
    if (!SEQUENCE.matcher(text).matches()) {
      throw malformed(name, text, "a whole number from 0");
    }
    return Long.parseLong(text);
  }

  private static Rejection malformed(String name, String text, String allowed) {
    return new Rejection(
        ProblemCode.MALFORMED_PARAMETER,
        "%s is '%s', allowed: %s".formatted(name, shown(text), allowed));
  }

  private static String list(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
  }
}
