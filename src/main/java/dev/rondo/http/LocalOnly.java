package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * What only the machine itself may do. There is no login, so whoever can run programs there is the
 * administrator; a browser there is not, unless the page is one that may write.
 */
public final class LocalOnly {

  private static final Set<String> OWN_SITE = Set.of("same-origin", "same-site", "none");

  private LocalOnly() {}

  /** Throws {@link Rejection}; that the origin is a known one was checked before. */
  public static void check(HttpServerRequest request) {
    if (!isOfThisMachine(request) || isForwarded(request)) {
      throw new Rejection(
          ProblemCode.LOCAL_ONLY, "Allowed from the node's own machine, without a proxy between");
    }
    String site = request.headers().get("Sec-Fetch-Site");
    if (site != null
        && !OWN_SITE.contains(site)
        && !request.headers().contains(HttpHeaders.ORIGIN)) {
      throw new Rejection(ProblemCode.FOREIGN_ORIGIN, "Pages of other sites may not do this");
    }
  }

  /** A proxy on this machine makes everybody local. */
  private static boolean isForwarded(HttpServerRequest request) {
    return request.headers().contains("Forwarded") || request.headers().contains("X-Forwarded-For");
  }

  /** Also where a node listens on another address: only the machine itself calls from there. */
  private static boolean isOfThisMachine(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String address = peer.hostAddress();
    return isLoopback(peer)
        || (address != null && address.equals(request.localAddress().hostAddress()));
  }

  private static boolean isLoopback(SocketAddress peer) {
    String address = peer.hostAddress();
    try {
      // It is an address already, so that no name is looked up.
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException impossible) {
      return false;
    }
  }
}
