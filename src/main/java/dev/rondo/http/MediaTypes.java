package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions about media types. */
public final class MediaTypes {

  /** One JSON object a line. */
  public static final String LINES = "application/x-ndjson";

  private static final String JSON = "application/json";
  private static final Pattern WEIGHT =
      Pattern.compile(
          ";\\s*+q\\s*+=\\s*+([01](?:\\.[0-9]{0,3})?)\\s*+(?:;|$)", Pattern.CASE_INSENSITIVE);

  private MediaTypes() {}

  /** Whether it is JSON, also as the body of a PATCH; parameters do not matter. */
  public static boolean isJson(String type) {
    String bare = bare(type);
    return bare.equals(JSON) || bare.equals("application/merge-patch+json");
  }

  /** Whether it is what a browser's form, or curl by default, sends. */
  public static boolean isForm(String type) {
    return bare(type).equals("application/x-www-form-urlencoded");
  }

  /** Whether a request names JSON lines among what it accepts, and JSON not before them. */
  public static boolean acceptsLines(HttpServerRequest request) {
    double lines = weight(request, LINES);
    return lines > 0 && lines >= weight(request, JSON);
  }

  /** How welcome a type is that is named as such, 0 to 1 (RFC 9110, section 12.4.2). */
  private static double weight(HttpServerRequest request, String type) {
    return request.headers().getAll(HttpHeaders.ACCEPT).stream()
        .flatMap(accept -> Arrays.stream(accept.split(",", -1)))
        .filter(one -> bare(one).equals(type))
        .mapToDouble(MediaTypes::weight)
        .max()
        .orElse(0);
  }

  private static double weight(String one) {
    Matcher weight = WEIGHT.matcher(one);
    return weight.find() ? Double.parseDouble(weight.group(1)) : 1;
  }

  private static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
