package dev.rondo.http;

import dev.rondo.bus.Handover;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket for clients, whom nobody trusts: with a limit to its connections and to their rest, and
 * with answers to what is no HTTP. It is all that one generation behind it has to give to the next.
 */
public final class ClientSocket implements Handover {

  private static final Logger log = LoggerFactory.getLogger(ClientSocket.class);

  /** Nothing was done, repeating is safe (RFC 9113, section 8.7). */
  private static final long REFUSED_STREAM = 7;

  private final Vertx vertx;
  private final Connections connections;
  private final Socket socket;

  /** A socket that does not listen yet. */
  ClientSocket(Context first, HttpServerOptions options, int seatsMax, long restSeconds) {
    this.vertx = first.owner();
    EventLoop loop = ((ContextInternal) first).nettyEventLoop();
    this.connections = Doors.of(vertx).at(options).room(loop, seatsMax, restSeconds);
    this.socket = new Socket(first, options, this::equip);
  }

  private HttpServer equip(HttpServer server) {
    return server
        .connectionHandler(connections::opened)
        .invalidRequestHandler(new MalformedRequests(vertx))
        .exceptionHandler(broken -> log.debug("Connection broken: cause={}", broken.toString()));
  }

  /** Hands every request that begins from now on to another one; on the socket's event loop. */
  public void answerWith(Handler<HttpServerRequest> next) {
    socket.answerWith(
        request -> {
          if (Http2.carries(request) && connections.areCrowded()) {
            // A problem would be one more answer that is not taken.
            request.response().reset(REFUSED_STREAM);
          } else if (request.uri() == null) {
            refuseTunnel(request);
          } else {
            next.handle(request);
          }
        });
  }

  /** In HTTP/2 that is the only request without a target. */
  private static void refuseTunnel(HttpServerRequest request) {
    Problems.end(request, Problem.of(ProblemCode.MALFORMED_REQUEST, "This is no proxy"));
  }

  /** Listens; completes with the port. */
  Future<Integer> open() {
    socket.run(() -> connections.watch(vertx));
    return socket.open();
  }

  Future<Void> close(long patienceMillis) {
    return socket.close(patienceMillis);
  }

  int port() {
    return socket.port();
  }

  /** Its open connections; on its event loop. */
  public Connections connections() {
    return connections;
  }
}
