package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.proto.ControllerGrpcService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on which workers call the controller. */
final class RegistryServer {
  private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);

  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  /** Workers beat much more often. */
  private static final int IDLE_SECONDS = 60;

  private static final long CLOSES_WITHIN_MILLIS = 500;

  private final HttpServer server;

  RegistryServer(Vertx vertx, NodeConfig config, WorkerCall.Desk desk) {
    GrpcServer calls =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MESSAGE_BYTES_MAX));
    calls.callHandler(ControllerGrpcService.Attend, call -> new WorkerCall(call, desk));
    server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.grpc().port())
                .setIdleTimeout(IDLE_SECONDS));
    server.requestHandler(calls);
    // The calls of a connection are told of its end; unhandled, it would be reported as an error.
    server.connectionHandler(
        connection ->
            connection.exceptionHandler(
                failure -> log.debug("A worker's connection failed", failure)));
  }

  Future<Void> start() {
    return server
        .listen()
        .onSuccess(on -> log.info("gRPC controller running on port {}", on.actualPort()))
        .mapEmpty();
  }

  int port() {
    return server.actualPort();
  }

  Future<Void> stop() {
    return server.shutdown(CLOSES_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
  }
}
