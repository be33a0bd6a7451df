package dev.rondo.api;

import dev.rondo.core.version.Version;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code If-Match} or {@code If-None-Match}. A tag that is no version is understood,
 * it just never matches.
 *
 * @param any it is {@code *}
 * @param strong the versions among the strong tags
 * @param weak the versions among the weak tags, {@code W/"…"}
 */
record EntityTags(boolean any, List<Version> strong, List<Version> weak) {

  /** One element of the list; empty ones count for nothing (RFC 9110, section 5.6.1.2). */
  private static final Pattern ELEMENT =
      Pattern.compile("[ \t]*(?:(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \t]*)?(,|$)");

  /** Reads a header; throws {@link Rejection} when it is neither a star nor a list of tags. */
  static EntityTags parse(String header, String value) {
    if (value.strip().equals("*")) {
      return new EntityTags(true, List.of(), List.of());
    }
    List<Version> strong = new ArrayList<>(1);
    List<Version> weak = new ArrayList<>(0);
    Matcher element = ELEMENT.matcher(value);
    boolean any = false;
    int end = 0;
    while (end < value.length() && element.find(end) && element.start() == end) {
      String tag = element.group(2);
      if (tag != null) {
        any = true;
        addVersion(tag, element.group(1) == null ? strong : weak);
      }
      end = element.end();
    }
    if (!any || end < value.length()) {
      throw new Rejection(
          ProblemCode.MALFORMED_HEADER,
          header + " is neither * nor a list of quoted entity tags, such as \"" + example() + "\"");
    }
    return new EntityTags(false, strong, weak);
  }

  /** The tag of a version. */
  static String of(Version version) {
    return "\"" + version + "\"";
  }

  /** Whether a tag names the version, weak tags included. */
  boolean matches(Version version) {
    return any || strong.contains(version) || weak.contains(version);
  }

  /** Whether a strong tag names the version. */
  boolean matchesStrongly(Version version) {
    return any || strong.contains(version);
  }

  private static void addVersion(String tag, List<Version> versions) {
    try {
      Version version = Version.parse(tag);
      if (version.toString().equals(tag)) {
        versions.add(version);
      }
    } catch (IllegalArgumentException foreign) {
      // Somebody else's tag names nothing that is held here.
    }
  }

  private static String example() {
    return Version.of(0, 0, 0).toString();
  }
}
