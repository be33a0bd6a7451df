package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Questions about media types. */
public final class MediaTypes {

  /** One JSON object a line. */
  public static final String LINES = "application/x-ndjson";

  private static final Pattern REFUSED =
      Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)", Pattern.CASE_INSENSITIVE);

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

  /** Whether a request names JSON lines among what it accepts, and does not refuse them. */
  public static boolean acceptsLines(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.ACCEPT).stream()
        .flatMap(accept -> Arrays.stream(accept.split(",", -1)))
        .anyMatch(one -> bare(one).equals(LINES) && !REFUSED.matcher(one).find());
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
