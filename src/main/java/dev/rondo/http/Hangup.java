package dev.rondo.http;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Whether a client says that the request is its last one, where the server does not see it itself:
 * as one of several options of the connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, section 9.6</a>
 */
final class Hangup {

  private Hangup() {}

  static boolean isAnnouncedBy(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1
        || !request.headers().contains(HttpHeaders.CONNECTION)) {
      return false;
    }
    for (String options : request.headers().getAll(HttpHeaders.CONNECTION)) {
      if (options.indexOf(',') >= 0 && names(options)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String options) {
    for (String option : options.split(",", -1)) {
      if (AsciiString.contentEqualsIgnoreCase(option.strip(), HttpHeaders.CLOSE)) {
        return true;
      }
    }
    return false;
  }
}
