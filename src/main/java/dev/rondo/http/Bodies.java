package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * Bodies of answers. A question for the head gets the length and no body; the server would leave
 * the body out in HTTP/1.1 only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2">RFC 9110, section 9.3.2</a>
 */
public final class Bodies {

  private Bodies() {}

  /** Ends the answer to a request; completes when it has left for the client. */
  public static Future<Void> end(HttpServerRequest request, Buffer body) {
    if (request.method().equals(HttpMethod.HEAD)) {
      return request
          .response()
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
          .end();
    }
    return request.response().end(body);
  }
}
