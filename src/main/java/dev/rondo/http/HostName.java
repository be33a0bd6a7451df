package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** What the client calls this server: {@code Host}, which in HTTP/2 has another place. */
public final class HostName {

  private HostName() {}

  /** A name and, unless it is the usual one, a port; null when the client gives none. */
  public static @Nullable String of(HttpServerRequest request) {
    if (!Http2.carries(request)) {
      return request.headers().get(HttpHeaders.HOST);
    }
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }
}
