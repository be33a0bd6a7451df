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
  private static final String SCHEME = "http://";

  /** Takes a request's URI apart, be it {@code /path?query} or {@code http://host/path?query}. */
  public static Target of(String uri) {
    int start = pathStart(uri);
    if (start < 0) {
      throw new Rejection(
          ProblemCode.MALFORMED_REQUEST,
          "The request's target is neither a path with a slash in front nor http://host/path");
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

  /** Where the path starts, or would behind a host; -1 when neither is there. */
  private static int pathStart(String uri) {
    if (uri.startsWith(ROOT)) {
      return 0;
    }
    if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return -1;
    }
    int end = SCHEME.length();
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    return end == SCHEME.length() ? -1 : end;
  }
}
