package dev.rondo.http;

import java.util.Locale;

/** Questions about media types. */
public final class MediaTypes {

  private MediaTypes() {}

  /** Whether it is JSON, also as the body of a PATCH; parameters do not matter. */
  public static boolean isJson(String type) {
    String bare = bare(type);
    return bare.equals("application/json") || bare.equals("application/merge-patch+json");
  }

  /** Whether it is what a browser's form, or curl by default, sends. */
  public static boolean isForm(String type) {
    return bare(type).equals("application/x-www-form-urlencoded");
  }

  /** Whether an {@code Accept} header names JSON lines. */
  public static boolean acceptsLines(String accept) {
    for (String one : accept.split(",", -1)) {
      if (bare(one).equals("application/x-ndjson")) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
