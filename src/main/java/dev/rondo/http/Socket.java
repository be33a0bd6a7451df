package dev.rondo.http;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A listening socket of the node. It outlives whoever answers its requests: its connections stay
 * open while one generation of a verticle follows another.
 *
 * <p>It belongs to one event loop, and so does whoever answers. A request finds its way through a
 * plain field of that loop; no message, lock or copy is in between.
 */
public final class Socket {

  private final ContextInternal context;
  private final HttpServer server;
  private final DateHeader date = new DateHeader();
  private final Leftovers leftovers;
  private Handler<HttpServerRequest> answering = Socket::nobodyAnswers;

  /**
   * A socket that does not listen yet, on the event loop of the first who answers there.
   *
   * @param equipment puts on the server what stays with the socket, whoever answers
   */
  public Socket(Context first, HttpServerOptions options, UnaryOperator<HttpServer> equipment) {
    Vertx vertx = first.owner();
    EventLoop loop = ((ContextInternal) first).nettyEventLoop();
    // Not the context of a verticle, with which the server and all connections would end.
    this.context = ((VertxInternal) vertx).contextBuilder().withEventLoop(loop).build();
    this.leftovers = new Leftovers(vertx, 0);
    this.server = equipment.apply(vertx.createHttpServer(options)).requestHandler(this::handle);
  }

  /** Hands every request that begins from now on to another one; on the socket's event loop. */
  public void answerWith(Handler<HttpServerRequest> next) {
    if (!context.nettyEventLoop().inEventLoop()) {
      throw new IllegalStateException("requests are answered on the event loop of their socket");
    }
    answering = next;
  }

  /** Refuses every request that begins from now on; on the socket's event loop. */
  public void refuse() {
    answerWith(Socket::nobodyAnswers);
  }

  /** Does something on the event loop, which ends with the node and not before. */
  void run(Runnable work) {
    context.runOnContext(here -> work.run());
  }

  /** Listens; completes with the port. */
  public Future<Integer> open() {
    return Future.<HttpServer>future(listening -> run(() -> server.listen().onComplete(listening)))
        .map(HttpServer::actualPort);
  }

  /** Takes no more connections, lets requests end for a while, then closes. */
  public Future<Void> close(long patienceMillis) {
    return server.shutdown(patienceMillis, TimeUnit.MILLISECONDS);
  }

  /** Where it listens; 0 before it does. */
  public int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    date.put(request.response());
    if (Hangup.isAnnouncedBy(request)) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.response().bodyEndHandler(sent -> leftovers.linger(request));
    }
    if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      // Whoever reads the body sees to that himself, and so must whoever changes something.
      request.exceptionHandler(broken -> Problems.garbled(request));
    }
    answering.handle(request);
  }

  private static void nobodyAnswers(HttpServerRequest request) {
    Problems.end(request, Problem.overloaded("This node is about to start or to stop"));
  }
}
