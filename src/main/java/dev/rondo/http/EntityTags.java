package dev.rondo.http;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code If-Match} or {@code If-None-Match}.
 *
 * @param any it is {@code *}
 * @param strong the strong tags, without their quotes
 * @param weak the weak tags, {@code W/"…"}, likewise
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1">RFC 9110, section 13.1</a>
 */
public record EntityTags(boolean any, List<String> strong, List<String> weak) {

  /**
   * One element of the list; empty ones count for nothing (RFC 9110, section 5.6.1.2). Nothing in
   * it is tried twice, so that no header takes more than one look at each of its characters.
   */
  private static final Pattern ELEMENT =
      Pattern.compile("[ \t]*+(?:(W/)?+\"([\\x21\\x23-\\x7e\\x80-\\xff]*+)\"[ \t]*+)?+(,|$)");

  /**
   * Reads a header, null without one; throws {@link Rejection} when it is neither a star nor a list
   * of tags.
   *
   * @param shown the header's name for people
   * @param example a tag as the resource has them
   */
  public static @Nullable EntityTags of(
      MultiMap headers, CharSequence name, String shown, String example) {
    return headers.contains(name)
        ? parse(shown, String.join(",", headers.getAll(name)), example)
        : null;
  }

  /** A tag as it stands in a header. */
  public static String quoted(Object tag) {
    return "\"" + tag + "\"";
  }

  /** Whether it names this one, weak tags included. */
  public boolean matches(String tag) {
    return any || strong.contains(tag) || weak.contains(tag);
  }

  /** Whether it names this one by a strong tag. */
  public boolean matchesStrongly(String tag) {
    return any || strong.contains(tag);
  }

  private static EntityTags parse(String shown, String value, String example) {
    if (value.strip().equals("*")) {
      return new EntityTags(true, List.of(), List.of());
    }
    List<String> strong = new ArrayList<>(1);
    List<String> weak = new ArrayList<>(0);
    Matcher element = ELEMENT.matcher(value);
    int end = 0;
    while (end < value.length() && element.region(end, value.length()).lookingAt()) {
      String tag = element.group(2);
      if (tag != null) {
        (element.group(1) == null ? strong : weak).add(tag);
      }
      end = element.end();
    }
    if ((strong.isEmpty() && weak.isEmpty()) || end < value.length()) {
      throw new Rejection(
          ProblemCode.MALFORMED_HEADER,
          shown + " is neither * nor a list of quoted entity tags, such as " + quoted(example));
    }
    return new EntityTags(false, strong, weak);
  }
}
