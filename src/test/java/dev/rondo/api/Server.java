package dev.rondo.api;

import dev.rondo.bus.Bus;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.config.ClockConfig;
import dev.rondo.config.ControllerConfig;
import dev.rondo.config.GrpcConfig;
import dev.rondo.config.HintsConfig;
import dev.rondo.config.HttpConfig;
import dev.rondo.config.MembershipConfig;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.RingConfig;
import dev.rondo.config.Role;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.SupervisorConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Member;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.Doors;
import dev.rondo.http.Listening;
import dev.rondo.http.RawClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The verticle on a free port, among stubs. */
final class Server implements AutoCloseable {

  static final String ORIGIN = "http://127.0.0.1:5000";
  static final int VALUE_BYTES_MAX = 200_000;
  static final HttpConfig HTTP = new HttpConfig(0, 1, VALUE_BYTES_MAX, 100, 30, ORIGIN);
  static final Timeouts TIMEOUTS = new Timeouts(100, 200, 300, 400, 20);

  final Stubs stubs = new Stubs();
  final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Vertx vertx = Vertx.builder().withTransport(new Doors()).build();
  private final ClientSockets sockets;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Server() {
    this(HTTP, 4096);
  }

  Server(HttpConfig http, int requestsMax) {
    Bus bus = Bus.of(vertx);
    stubs.serve(bus);
    sockets = new ClientSockets(config(http));
    for (int i = 0; i < http.instances(); i++) {
      ApiVerticle api = new ApiVerticle(config(http), bus, meters, sockets, requestsMax);
      await(vertx.deployVerticle(new FirstGeneration<>(api)));
    }
    await(vertx.deployVerticle(new Listening(sockets)));
  }

  int port() {
    return sockets.port();
  }

  RawClient connect() {
    return new RawClient(port());
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + pathAndQuery))
        .timeout(Duration.ofSeconds(5));
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery));
  }

  HttpResponse<String> put(String pathAndQuery, String value) {
    return send(request(pathAndQuery).PUT(HttpRequest.BodyPublishers.ofString(value)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static void await(Future<?> future) {
    try {
      future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  static NodeConfig config(HttpConfig http) {
    return new NodeConfig(
        Role.WORKER,
        0,
        "test",
        "127.0.0.1",
        Path.of("target"),
        http,
        new GrpcConfig(0, 100),
        new ControllerConfig("127.0.0.1", 0),
        new MembershipConfig(5701, List.of()),
        new RingConfig(10, 1, 1, 1, List.of(new Member(0, "127.0.0.1", 5001, 6001))),
        new StorageConfig(StorageConfig.Durability.SYNC, 100, 0, 100, 100, 1, 1 << 20),
        new HintsConfig(60, 1000),
        new ClockConfig(500),
        TIMEOUTS,
        new SupervisorConfig(0, List.of()));
  }
}
