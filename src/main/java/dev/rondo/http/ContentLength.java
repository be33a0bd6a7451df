package dev.rondo.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The length that a request or an answer announces for its body. */
public final class ContentLength {

  /** No length is announced. */
  public static final long UNKNOWN = -1;

  private ContentLength() {}

  /** The length, {@link #UNKNOWN} without one; the server has checked that it is a number. */
  public static long of(HttpServerRequest request) {
    return of(request.headers());
  }

  /** Whether a body is to come; of a request of HTTP/2 that does not say so it may all the same. */
  public static boolean announcesBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || of(request) > 0;
  }

  /** The length in these headers. */
  public static long of(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return UNKNOWN;
    }
    try {
      return Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      throw new Rejection(ProblemCode.MALFORMED_HEADER, "Content-Length is not a number");
    }
  }
}
