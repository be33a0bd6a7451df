package dev.rondo.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** What is different where many requests share a connection. */
public final class Http2 {

  private Http2() {}

  /** Whether a request came that way: it has no connection of its own that it could end. */
  public static boolean carries(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2;
  }

  /** Lets a body that waits come; of one that was read whole, HTTP/2 would complain. */
  public static void resume(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.resume();
    }
  }

  /**
   * Ends an answer in the middle: its stream, or else its connection. A client that takes nothing
   * would not take the end of a connection either, behind all that lies on the way to it.
   */
  public static void breakOff(HttpServerRequest request) {
    if (carries(request)) {
      request.response().reset();
    } else {
      Arrival.cutOff(request.connection());
    }
  }
}
