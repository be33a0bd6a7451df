package dev.rondo.controller.web;

import dev.rondo.http.ContentLength;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request that opens a WebSocket. It is looked at before anybody takes it for one; what fails
 * later has no answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1">RFC 6455, section 4.2.1</a>
 */
final class Handshake {

  private static final String VERSION = "Sec-WebSocket-Version";
  private static final String SPOKEN = "13";

  /** Sixteen bytes in base64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private Handshake() {}

  /** Throws {@link Rejection} when this is none that will succeed. */
  static void check(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1) {
      throw new Rejection(ProblemCode.MALFORMED_REQUEST, "WebSockets are opened in HTTP/1.1");
    }
    if (!names(request, HttpHeaders.CONNECTION, "upgrade")
        || !names(request, HttpHeaders.UPGRADE, "websocket")) {
      throw new Rejection(upgradeRequired("There is nothing here but WebSockets"));
    }
    if (ContentLength.announcesBody(request)) {
      throw new Rejection(ProblemCode.MALFORMED_REQUEST, "A handshake has no body");
    }
    if (!SPOKEN.equals(only(request, VERSION))) {
      throw new Rejection(upgradeRequired("Allowed is version " + SPOKEN + " of WebSockets"));
    }
    String key = only(request, "Sec-WebSocket-Key");
    if (key == null || !KEY.matcher(key).matches()) {
      throw new Rejection(
          ProblemCode.MALFORMED_HEADER, "Sec-WebSocket-Key is not 16 bytes in base64");
    }
  }

  private static Problem upgradeRequired(String detail) {
    return Problem.of(ProblemCode.UPGRADE_REQUIRED, detail)
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header(VERSION, SPOKEN);
  }

  /** Whether a list in a header has this element. */
  private static boolean names(HttpServerRequest request, CharSequence header, String element) {
    return request.headers().getAll(header).stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .anyMatch(one -> one.strip().equalsIgnoreCase(element));
  }

  /** The value of a header that is there once; null otherwise. */
  private static @Nullable String only(HttpServerRequest request, String header) {
    var all = request.headers().getAll(header);
    return all.size() == 1 ? all.get(0).strip() : null;
  }
}
