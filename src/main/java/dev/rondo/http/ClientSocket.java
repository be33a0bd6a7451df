package dev.rondo.http;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket for clients, whom nobody trusts: with a limit to its connections and to their rest, and
 * with answers to what is no HTTP.
 */
public final class ClientSocket {

  private static final Logger log = LoggerFactory.getLogger(ClientSocket.class);

  private final Vertx vertx;
  private final Connections connections;
  private final Socket socket;

  /** A socket that does not listen yet. */
  public ClientSocket(
      Vertx vertx, EventLoop loop, HttpServerOptions options, int seatsMax, long restSeconds) {
    this.vertx = vertx;
    this.connections = new Connections(seatsMax, restSeconds);
    this.socket = new Socket(vertx, loop, options, this::equip);
  }

  private HttpServer equip(HttpServer server) {
    return server
        .connectionHandler(connections::opened)
        .invalidRequestHandler(new MalformedRequests(vertx))
        .exceptionHandler(broken -> log.debug("Connection broken: cause={}", broken.toString()));
  }

  public Socket socket() {
    return socket;
  }

  /** Listens; completes with the port. */
  Future<Integer> open() {
    socket.run(() -> connections.watch(vertx));
    return socket.open();
  }

  /** Its open connections; on its event loop. */
  public Connections connections() {
    return connections;
  }
}
