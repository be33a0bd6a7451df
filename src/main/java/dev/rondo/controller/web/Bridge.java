package dev.rondo.controller.web;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The event bus bridge for browsers, over SockJS: the protocol of the stock client with two
 * addresses, {@value #UPDATE} to follow and {@value #ASK} to ask once.
 *
 * <p>It is not the stock bridge, which subscribes browsers to the event bus of the node: here no
 * message of a browser ever reaches one. WebSockets are the only transport: the others take bodies
 * without a limit, or run in frames.
 */
final class Bridge {

  static final String UPDATE = "cluster_update";
  static final String ASK = "cluster_snapshot";
  static final int CLIENTS_MAX = 256;

  private static final long PING_MILLIS = 90_000;

  private final Vertx vertx;
  private final Feed feed;
  private final long pingMillis;
  private final Set<SockJSSocket> open = new HashSet<>();

  Bridge(Vertx vertx, Feed feed) {
    this(vertx, feed, PING_MILLIS);
  }

  Bridge(Vertx vertx, Feed feed, long pingMillis) {
    this.vertx = vertx;
    this.feed = feed;
    this.pingMillis = pingMillis;
  }

  /** The routes below the bridge's path. */
  Router router() {
    SockJSHandlerOptions options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
    for (String transport : new String[] {"XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P"}) {
      options.addDisabledTransport(transport);
    }
    return SockJSHandler.create(vertx, options).socketHandler(this::connected);
  }

  /** Whether one more browser may connect. */
  boolean hasRoom() {
    return open.size() < CLIENTS_MAX;
  }

  /** Sends all browsers away; they connect again by themselves. */
  void close() {
    List.copyOf(open).forEach(SockJSSocket::close);
  }

  private void connected(SockJSSocket socket) {
    if (!hasRoom()) {
      socket.close();
      return;
    }
    open.add(socket);
    BridgeClient client = new BridgeClient(socket, feed);
    socket.handler(client::received);
    long watchdog =
        vertx.setPeriodic(
            pingMillis,
            timer -> {
              if (!client.wasHeard()) {
                socket.close();
              }
            });
    socket.exceptionHandler(broken -> socket.close());
    socket.closeHandler(
        closed -> {
          open.remove(socket);
          vertx.cancelTimer(watchdog);
          client.closed();
        });
  }
}
