package dev.rondo.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, exactly as it was sent: nothing is decoded, no dots are resolved, no
 * slashes are merged.
 *
 * @param path from its first slash on
 * @param query what is behind the first question mark, null without one
 */
public record Target(String path, @Nullable String query) {

  private static final String ROOT = "/";

  /** Takes a request's URI apart, be it {@code /path?query} or {@code http://host/path?query}. */
  public static Target of(String uri) {
    int start = pathStart(uri);
    if (start < 0) {
      throw new Rejection(
          ProblemCode.MALFORMED_REQUEST, "The request's target does not start with a slash");
    }
    int question = uri.indexOf('?', start);
    String query = question < 0 ? null : uri.substring(question + 1);
    int end = question < 0 ? uri.length() : question;
    return new Target(start == end ? ROOT : uri.substring(start, end), query);
  }

  /** From the first slash of the path on, with the query; empty where there is no path. */
  public static String pathOf(String uri) {
    int start = pathStart(uri);
    return start < 0 ? "" : uri.substring(start);
  }

  /** Where the path starts, -1 when there is none. */
  private static int pathStart(String uri) {
    if (uri.startsWith(ROOT)) {
      return 0;
    }
    if (!uri.regionMatches(true, 0, "http://", 0, 7)) {
      return -1;
    }
    for (int i = 7; i < uri.length(); i++) {
      if (uri.charAt(i) == '/' || uri.charAt(i) == '?') {
        return i;
      }
    }
    return uri.length();
  }
}
