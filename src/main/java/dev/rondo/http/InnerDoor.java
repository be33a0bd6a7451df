package dev.rondo.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what nodes say to each other: uncompressed protobuf over HTTP/2. A gRPC server takes more
 * by itself: calls over HTTP/1.1, which pages in a browser can make, JSON, and compressed messages,
 * of which a small one may unpack to more than the memory.
 */
public final class InnerDoor implements Handler<HttpServerRequest> {

  private static final String ENCODING = "grpc-encoding";
  private static final String PLAIN = "identity";
  private static final Set<String> MEDIA_TYPES =
      Set.of("application/grpc", "application/grpc+proto");
  private static final String UNIMPLEMENTED = "12";

  private final Handler<HttpServerRequest> calls;

  /** A door to a gRPC server. */
  public InnerDoor(Handler<HttpServerRequest> calls) {
    this.calls = calls;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String encoding = request.getHeader(ENCODING);
    if (request.version() != HttpVersion.HTTP_2
        || !isProtobuf(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      request.response().setStatusCode(415).end();
    } else if (encoding != null && !encoding.equals(PLAIN)) {
      refuse(request.response());
    } else {
      // Without the header a message that says it is compressed would be an unhandled failure.
      request.headers().set(ENCODING, PLAIN);
      calls.handle(request);
    }
  }

  private static boolean isProtobuf(@Nullable String mediaType) {
    return mediaType != null && MEDIA_TYPES.contains(mediaType);
  }

  private static void refuse(HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
        .putHeader("grpc-status", UNIMPLEMENTED)
        .putHeader("grpc-message", "messages are not compressed here")
        .putHeader("grpc-accept-encoding", PLAIN)
        .end();
  }
}
