package dev.rondo.controller.gateway;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.http.Answers;
import dev.rondo.http.Leftovers;
import dev.rondo.http.Outflow;
import dev.rondo.http.Problems;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawHttp2;
import dev.rondo.http.ServerOptions;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway on a free port, among workers that answer as a test tells them to. */
final class TestGateway implements AutoCloseable {

  static final int VALUE_BYTES_MAX = 4 << 20;

  private record Worker(WorkerStatus status, int port, long silentMillis) {}

  final Vertx vertx = Vertx.vertx();

  /** Connections of clients that have ended. */
  final AtomicInteger ended = new AtomicInteger();

  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private final int port;

  TestGateway() {
    this(new PoolOptions());
  }

  TestGateway(PoolOptions pool) {
    this(pool, 120);
  }

  TestGateway(PoolOptions pool, int idleSeconds) {
    NodeConfig config = config(vertx, idleSeconds);
    Promise<Integer> listening = Promise.promise();
    vertx.runOnContext(now -> begin(config, pool).onComplete(listening));
    port = get(listening.future());
  }

  RawClient connect() {
    return new RawClient(port);
  }

  RawHttp2 connectHttp2() {
    return RawHttp2.open(port);
  }

  RawClient.Answer send(String request) {
    try (RawClient raw = connect()) {
      return raw.send(request).receive();
    }
  }

  /** A worker that was heard just now. */
  void worker(WorkerStatus status, Handler<HttpServerRequest> answer) {
    worker(status, 0, answer);
  }

  void worker(WorkerStatus status, long silentMillis, Handler<HttpServerRequest> answer) {
    int at =
        get(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(answer)
                .listen()
                .map(server -> server.actualPort()));
    workers.add(new Worker(status, at, silentMillis));
  }

  /** A worker that takes no connections. */
  void gone(WorkerStatus status) {
    try (ServerSocket socket = new ServerSocket(0)) {
      workers.add(new Worker(status, socket.getLocalPort(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits. */
  void pass(long millis) {
    get(vertx.timer(millis));
  }

  static String read() {
    return "GET /kv/k HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  static String write(String value) {
    return "PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(value.length(), value);
  }

  @Override
  public void close() {
    get(vertx.close());
  }

  private Future<Integer> begin(NodeConfig config, PoolOptions pool) {
    Answers answers =
        new Answers(new Problems(new Leftovers(vertx, 1000)), new Outflow(VALUE_BYTES_MAX));
    Gateway gateway = new Gateway(vertx, this::asked, config, answers, new Random(1), pool);
    return vertx
        .createHttpServer(ServerOptions.of(config))
        .connectionHandler(connection -> connection.closeHandler(over -> ended.incrementAndGet()))
        .requestHandler(
            request ->
                answers.attempt(request, () -> gateway.handle(request, Target.of(request.uri()))))
        .listen()
        .map(server -> server.actualPort());
  }

  /** As over the bus: nobody who calls is there any more when the answer comes. */
  private Future<Roster> asked() {
    Promise<Roster> answer = Promise.promise();
    vertx.runOnContext(soon -> answer.complete(roster()));
    return answer.future();
  }

  private Roster roster() {
    long now = System.currentTimeMillis();
    List<Member> members = List.of(new Member(0, "127.0.0.1", 5001, 6001));
    return new Roster(
        new Roster.Controller("c", 3000, 8000),
        new ClusterState(1, 10, new Quorums(1, 1, 1), members),
        workers.stream().map(worker -> entry(worker, now - worker.silentMillis())).toList(),
        null);
  }

  private Roster.Entry entry(Worker worker, long heardMillis) {
    String url = "http://127.0.0.1:" + worker.port();
    return new Roster.Entry(
        workers.indexOf(worker), url, worker.status(), 1, heardMillis, null, null);
  }

  private static NodeConfig config(Vertx vertx, int idleSeconds) {
    Map<String, String> flags =
        Map.of(
            "http.port",
            "0",
            "http.idleSeconds",
            String.valueOf(idleSeconds),
            "supervisor.workers",
            "0",
            "limits.valueBytesMax",
            String.valueOf(VALUE_BYTES_MAX));
    var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
    return get(new ConfigLoader(vertx).load(sources));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
