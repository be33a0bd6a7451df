package dev.rondo.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port of a node for other nodes: one socket, which belongs to the node. It is deployed before
 * whoever answers there and closed behind the last of them.
 */
public final class InnerPort extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(InnerPort.class);

  private static final long CLOSES_WITHIN_MILLIS = 500;

  private volatile @Nullable Socket socket;

  /** The socket, on the event loop of the first who answers there; it does not listen yet. */
  public Socket add(Context first, HttpServerOptions options) {
    Socket added = new Socket(first, options, InnerPort::equip);
    socket = added;
    return added;
  }

  // The calls of a connection are told of its end; unhandled, it would be reported as an error.
  private static HttpServer equip(HttpServer server) {
    return server.connectionHandler(
        connection ->
            connection.exceptionHandler(
                failure -> log.debug("A caller's connection failed", failure)));
  }

  /** Whether somebody answers there already. */
  public boolean isTaken() {
    return socket != null;
  }

  /** Where it listens; 0 before it does. */
  public int port() {
    Socket opened = socket;
    return opened == null ? 0 : opened.port();
  }

  @Override
  public Future<?> stop() {
    Socket last = socket;
    return last == null ? Future.succeededFuture() : last.close(CLOSES_WITHIN_MILLIS);
  }
}
