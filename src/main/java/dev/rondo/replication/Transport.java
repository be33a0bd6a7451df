package dev.rondo.replication;

import dev.rondo.config.NodeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.concurrent.TimeUnit;

/** How the connections between workers are set up, the same way at both ends. */
final class Transport {

  /** The version of the conversation in {@code peer.proto}. */
  static final int PROTOCOL = 1;

  /** A message never exceeds a batch and the largest value, with its key and headers. */
  static final int MESSAGE_BYTES_MAX = 80 << 20;

  /** A message is closed when it holds this much; the last entry may exceed it. */
  static final int BATCH_BYTES = 1 << 20;

  /** Requests and answers may pile up this far in one stream's write queue. */
  static final int WRITE_QUEUE_BYTES = 2 << 20;

  private static final int CONNECT_MILLIS = 1_000;

  /** Callers ping every second, so a connection that is idle for this long is dead. */
  private static final int IDLE_SECONDS = 60;

  private Transport() {}

  static HttpServerOptions serverOptions(NodeConfig config) {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.grpc().port())
        .setIdleTimeout(IDLE_SECONDS)
        .setInitialSettings(settings().setMaxConcurrentStreams(1_000))
        .setHttp2ConnectionWindowSize(16 << 20)
        // Deadlines and reconnects reset streams. The default limit, 200 in 30 seconds, closes the
        // connection and takes innocent calls with it; every caller here is a member.
        .setHttp2RstFloodMaxRstFramePerWindow(1_000_000);
  }

  static GrpcServer server(Vertx vertx) {
    return GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(MESSAGE_BYTES_MAX));
  }

  static GrpcClient client(Vertx vertx) {
    return GrpcClient.client(
        vertx,
        new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES_MAX),
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setInitialSettings(settings())
            .setHttp2ConnectionWindowSize(16 << 20));
  }

  /** Windows and frames for batches: the defaults of 64 and 16 KiB are made for web pages. */
  private static Http2Settings settings() {
    return new Http2Settings().setInitialWindowSize(4 << 20).setMaxFrameSize(256 << 10);
  }

  /** A monotonic clock in milliseconds, for deadlines and silence. */
  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
