package dev.rondo.replication;

import dev.rondo.proto.Answers;
import dev.rondo.proto.PeerGrpcService;
import dev.rondo.proto.Requests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on which peers call this worker. */
final class PeerServer {

  private static final Logger log = LoggerFactory.getLogger(PeerServer.class);

  /** Calls may finish what they began for this long when the worker stops. */
  private static final long FINISH_MILLIS = 1_000;

  private final NodeSetup setup;
  private final Context context;
  private final Inbound.Reception reception;
  private final Attendant attendant;
  private final HttpServer server;
  private final Set<Inbound> inbounds = new HashSet<>();

  PeerServer(
      NodeSetup setup,
      Context context,
      Inbound.Reception reception,
      Attendant attendant,
      PullService pulls,
      CompareService comparisons,
      TreeService trees) {
    this.setup = setup;
    this.context = context;
    this.reception = reception;
    this.attendant = attendant;
    Vertx vertx = context.owner();
    GrpcServer calls = Transport.server(vertx);
    calls.callHandler(PeerGrpcService.Exchange, this::exchange);
    calls.callHandler(PeerGrpcService.Pull, pulls::serve);
    calls.callHandler(PeerGrpcService.Digest, comparisons::digest);
    calls.callHandler(PeerGrpcService.Versions, comparisons::versions);
    calls.callHandler(PeerGrpcService.Branches, trees::branches);
    calls.callHandler(PeerGrpcService.Buckets, trees::buckets);
    this.server = vertx.createHttpServer(Transport.serverOptions(setup.config()));
    server.requestHandler(calls);
    // The calls of a connection are told of its end; unhandled, it would be reported as an error.
    server.connectionHandler(
        connection ->
            connection.exceptionHandler(
                failure -> log.debug("A caller's connection failed", failure)));
  }

  Future<Void> start() {
    return server
        .listen()
        .onSuccess(
            listening ->
                log.info(
                    "gRPC listening host={} port={}",
                    setup.config().host(),
                    listening.actualPort()))
        .mapEmpty();
  }

  /** Where it listens, once it does. */
  int port() {
    return server.actualPort();
  }

  private void exchange(GrpcServerRequest<Requests, Answers> call) {
    Inbound inbound = new Inbound(call, context, reception, attendant);
    inbounds.add(inbound);
    inbound.ended().onComplete(ended -> inbounds.remove(inbound));
  }

  /** Lets the calls finish, then ends them and closes the port. */
  Future<Void> stop() {
    List<Inbound> last = List.copyOf(inbounds);
    last.forEach(Inbound::finish);
    List<Future<Void>> endings = last.stream().map(Inbound::ended).toList();
    Future<?> patience = context.owner().timer(FINISH_MILLIS);
    return Future.any(Future.all(endings), patience)
        .onComplete(done -> last.forEach(call -> call.end(GrpcStatus.UNAVAILABLE, "it stops")))
        .compose(done -> server.shutdown(FINISH_MILLIS / 2, TimeUnit.MILLISECONDS));
  }
}
