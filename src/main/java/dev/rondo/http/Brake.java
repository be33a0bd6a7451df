package dev.rondo.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * Stops a body that nobody can take at present. Over HTTP/2 its stream has a window. Over HTTP/1.1
 * a request that is only paused goes on being read until a megabyte of it waits, which is all of
 * most values: there the connection is not read any further.
 */
public final class Brake {

  private Brake() {}

  /** Nothing more comes but what was read already. */
  public static void on(HttpServerRequest request) {
    request.pause();
    read(request, false);
  }

  /** It goes on, for whoever takes it now. */
  public static void off(HttpServerRequest request) {
    release(request);
    Http2.resume(request);
  }

  /** The same where the request itself is resumed by somebody else. */
  public static void release(HttpServerRequest request) {
    read(request, true);
  }

  private static void read(HttpServerRequest request, boolean goesOn) {
    if (!Http2.carries(request)) {
      Arrival.read(request.connection(), goesOn);
    }
  }
}
