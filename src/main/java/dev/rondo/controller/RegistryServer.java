package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.http.InnerDoor;
import dev.rondo.http.InnerPort;
import dev.rondo.http.Socket;
import dev.rondo.proto.ControllerGrpcService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the workers that call the controller, at a socket which belongs to the node. */
final class RegistryServer {
  private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);

  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  /** Workers beat much more often. */
  private static final int IDLE_SECONDS = 60;

  private final NodeConfig config;
  private final InnerDoor calls;
  private @Nullable Socket socket;

  RegistryServer(Vertx vertx, NodeConfig config, WorkerCall.Desk desk) {
    this.config = config;
    GrpcServer server =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MESSAGE_BYTES_MAX));
    server.callHandler(ControllerGrpcService.Attend, call -> new WorkerCall(call, desk));
    this.calls = new InnerDoor(server);
  }

  /** Opens the port, as the first generation. */
  Future<Void> open(InnerPort port, Context context) {
    Socket opened =
        port.add(
            context,
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.grpc().port())
                .setIdleTimeout(IDLE_SECONDS));
    resume(opened);
    return opened
        .open()
        .onSuccess(on -> log.info("gRPC controller running on port {}", on))
        .mapEmpty();
  }

  /** Answers from here on. */
  void resume(Socket open) {
    socket = open;
    open.answerWith(calls);
  }

  Socket socket() {
    return Objects.requireNonNull(socket, "the port is not open");
  }
}
