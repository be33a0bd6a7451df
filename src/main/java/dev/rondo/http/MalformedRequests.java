package dev.rondo.http;

import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Answers what the server could not read as HTTP.
 *
 * <p>The server drops the connection as soon as such an answer ends. So the whole answer is sent,
 * but it ends a moment later: until then the server reads on, and the client can read too.
 */
public final class MalformedRequests implements Handler<HttpServerRequest> {

  private static final long LINGER_MILLIS = 500;

  private final Vertx vertx;

  public MalformedRequests(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    new DateHeader().put(response);
    Buffer body = Problems.prepare(response, problem(request));
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.write(body);
    vertx.setTimer(
        LINGER_MILLIS,
        late -> {
          if (!response.closed()) {
            response.end();
            request.connection().close();
          }
        });
  }

  private static Problem problem(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return Problem.of(
          ProblemCode.URI_TOO_LONG,
          "Allowed are request lines of at most " + ServerOptions.LINE_BYTES_MAX + " bytes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.of(
          ProblemCode.HEADERS_TOO_LARGE,
          "Allowed are headers of at most " + ServerOptions.HEADER_BYTES_MAX + " bytes together");
    }
    if (cause instanceof ContentLengthNotAllowedException) {
      return Problem.of(
          ProblemCode.MALFORMED_REQUEST, "Content-Length and Transfer-Encoding exclude each other");
    }
    if (cause instanceof UnknownVersionException) {
      return Problem.of(
          ProblemCode.UNKNOWN_VERSION, "Allowed are HTTP/1.1, HTTP/1.0, and HTTP/2 as such");
    }
    if (!Guard.knowsEncoding(request.headers())) {
      return Guard.unknownEncoding();
    }
    return Problem.of(
        ProblemCode.MALFORMED_REQUEST, "The request line or a header breaks the rules of HTTP");
  }
}
