package dev.rondo.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * The checks of the headers that matter for every request. Their syntax, and that not both a length
 * and a transfer encoding are given, was checked by the server.
 */
public final class Guard {

  private Guard() {}

  /** Throws {@link Rejection} when the request cannot be trusted or not be understood. */
  public static void check(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (Http2.carries(request)) {
      checkTarget(request);
    } else {
      checkHost(request, headers);
    }
    if (headers.contains("")) {
      throw new Rejection(ProblemCode.MALFORMED_REQUEST, "A header has no name");
    }
    if (!knowsEncoding(headers)) {
      throw new Rejection(unknownEncoding());
    }
    if (!isNothingBut("100-continue", headers, HttpHeaders.EXPECT)) {
      throw new Rejection(ProblemCode.EXPECTATION_FAILED, "Allowed is Expect: 100-continue");
    }
  }

  /** Whether the body comes as it is or in chunks, which is the one encoding that is known here. */
  static boolean knowsEncoding(MultiMap headers) {
    return isNothingBut("chunked", headers, HttpHeaders.TRANSFER_ENCODING);
  }

  static Problem unknownEncoding() {
    return Problem.of(
        ProblemCode.UNKNOWN_TRANSFER_ENCODING, "Allowed is the transfer encoding chunked, once");
  }

  /** Whether a header is absent, or there once and with this value. */
  private static boolean isNothingBut(String value, MultiMap headers, CharSequence name) {
    if (!headers.contains(name)) {
      return true;
    }
    List<String> values = headers.getAll(name);
    return values.size() == 1 && values.get(0).strip().equalsIgnoreCase(value);
  }

  private static void checkHost(HttpServerRequest request, MultiMap headers) {
    if (request.version() == HttpVersion.HTTP_1_1) {
      int hosts = headers.contains(HttpHeaders.HOST) ? headers.getAll(HttpHeaders.HOST).size() : 0;
      if (hosts != 1) {
        throw new Rejection(
            ProblemCode.MALFORMED_REQUEST, "HTTP/1.1 wants one Host header, there are " + hosts);
      }
    }
    if (headers.contains(HttpHeaders.HOST) && request.authority() == null) {
      throw new Rejection(
          ProblemCode.MALFORMED_REQUEST, "Host is no name, nor one with a port behind it");
    }
  }

  /** What the request line of HTTP/1.1 cannot be, and headers of HTTP/2 can. */
  private static void checkTarget(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.length() > ServerOptions.LINE_BYTES_MAX) {
      throw new Rejection(
          ProblemCode.URI_TOO_LONG,
          "Allowed are targets of at most " + ServerOptions.LINE_BYTES_MAX + " bytes");
    }
    if (hasSpaceOrControl(uri)) {
      throw new Rejection(ProblemCode.MALFORMED_REQUEST, "The target has a space or control");
    }
    if (request.authority() == null) {
      throw new Rejection(
          ProblemCode.MALFORMED_REQUEST,
          "HTTP/2 wants a name, and a port perhaps, as :authority or Host");
    }
  }

  private static boolean hasSpaceOrControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return true;
      }
    }
    return false;
  }
}
