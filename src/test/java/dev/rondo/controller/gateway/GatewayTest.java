package dev.rondo.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.http.Answers;
import dev.rondo.http.Leftovers;
import dev.rondo.http.Problems;
import dev.rondo.http.RawClient;
import dev.rondo.http.ServerOptions;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final int VALUE_BYTES_MAX = 4 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final List<Roster.Entry> entries = new ArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private int port;

  @BeforeEach
  void start() {
    NodeConfig config = config();
    Promise<Integer> listening = Promise.promise();
    vertx.runOnContext(now -> begin(config).onComplete(listening));
    port = get(listening.future());
  }

  @AfterEach
  void stop() {
    get(vertx.close());
  }

  @Test
  void path_query_method_headers_and_body_arrive_as_they_were_sent() {
    worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      seen.add(request.method() + " " + request.uri() + " " + body);
                      seen.add(String.valueOf(request.getHeader("Content-Type")));
                      seen.add(String.valueOf(request.getHeader("Origin")));
                      seen.add(String.valueOf(request.getHeader("X-Hop")));
                      request.response().setStatusCode(201).putHeader("ETag", "\"v\"").end("ok");
                    }));
    var answer =
        send(
            String.join(
                "\r\n",
                "PUT /kv/a%2Fb/../%C3%A4?w=2&x HTTP/1.1",
                "Host: h",
                "Content-Type: x/y",
                "Origin: http://h",
                "Connection: keep-alive, X-Hop",
                "X-Hop: 1",
                "Content-Length: 3",
                "",
                "abc"));
    assertThat(seen).containsExactly("PUT /kv/a%2Fb/../%C3%A4?w=2&x abc", "x/y", "null", "null");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("ETag")).isEqualTo("\"v\"");
    assertThat(answer.body().toUtf8()).isEqualTo("ok");
  }

  @Test
  void octets_that_were_not_escaped_are_the_same_key() {
    worker(WorkerStatus.ONLINE, request -> request.response().end(request.uri()));
    var answer = send("GET /kv/\u00c3\u00a4 HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.body().toUtf8()).isEqualTo("/kv/%c3%a4");
  }

  @Test
  void a_worker_that_is_online_is_asked_first() {
    worker(WorkerStatus.OFFLINE, request -> request.response().end("offline"));
    worker(WorkerStatus.RECOVERING, request -> request.response().end("recovering"));
    worker(WorkerStatus.ONLINE, request -> request.response().end("online"));
    for (int i = 0; i < 5; i++) {
      assertThat(send(read()).body().toUtf8()).isEqualTo("online");
    }
  }

  @Test
  void a_worker_that_refuses_connections_is_passed_over_also_for_writes() {
    gone(WorkerStatus.ONLINE);
    gone(WorkerStatus.ONLINE);
    worker(WorkerStatus.RECOVERING, request -> request.body().onSuccess(request.response()::end));
    assertThat(send(write("value")).body().toUtf8()).isEqualTo("value");
  }

  @Test
  void without_any_worker_nothing_was_sent() {
    gone(WorkerStatus.ONLINE);
    var answer = send(write("value"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getString("code")).isEqualTo("quorum_unavailable");
  }

  @Test
  void of_a_write_whose_worker_dies_nobody_knows_whether_it_applies() {
    worker(
        WorkerStatus.ONLINE,
        request -> request.body().onSuccess(b -> request.connection().close()));
    worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    var answer = send(write("value"));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.json().getString("code")).isEqualTo("outcome_unknown");
    assertThat(answer.json().getBoolean("mayApply")).isTrue();
  }

  @Test
  void a_read_whose_worker_dies_is_repeated_elsewhere() {
    worker(WorkerStatus.ONLINE, request -> request.connection().close());
    worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    assertThat(send(read()).body().toUtf8()).isEqualTo("second");
  }

  @Test
  void a_worker_that_hangs_does_not_hang_the_client() {
    worker(WorkerStatus.ONLINE, request -> {});
    var answer = send(write("value").replace("/kv/k", "/kv/k?timeout=1"));
    assertThat(answer.status()).isEqualTo(504);
  }

  @Test
  void what_a_worker_refuses_is_refused_in_its_words() {
    worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .response()
                .setStatusCode(412)
                .putHeader("Content-Type", "application/problem+json")
                .end("{\"code\":\"precondition_failed\"}"));
    var answer = send(write("value"));
    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void a_question_for_the_head_gets_the_length_and_no_body() {
    worker(
        WorkerStatus.ONLINE, request -> request.response().putHeader("Content-Length", "5").end());
    try (RawClient raw = new RawClient(port).patient(5000)) {
      raw.send(read().replace("GET", "HEAD"));
      assertThat(raw.receive(false).header("Content-Length")).isEqualTo("5");
      raw.send(read().replace("GET", "HEAD"));
      assertThat(raw.receive(false).status()).isEqualTo(200);
    }
  }

  @Test
  void a_value_that_is_too_large_goes_nowhere() {
    worker(WorkerStatus.ONLINE, request -> request.response().end("taken"));
    var answer =
        send(
            "PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
                .formatted(VALUE_BYTES_MAX + 1));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on() {
    worker(WorkerStatus.ONLINE, request -> request.body().onSuccess(request.response()::end));
    try (RawClient raw = new RawClient(port).patient(5000)) {
      raw.send(
          "PUT /kv/k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(raw.receive().status()).isEqualTo(100);
      assertThat(raw.send("hi").receive().body().toUtf8()).isEqualTo("hi");
    }
  }

  /** The worker echoes: the answer begins before the value has ended. */
  @Test
  void a_large_value_passes_both_ways_piece_by_piece() {
    Buffer large = Buffer.buffer(new byte[VALUE_BYTES_MAX]);
    worker(
        WorkerStatus.ONLINE,
        request -> {
          request.response().setChunked(true);
          request.pipeTo(request.response());
        });
    try (RawClient raw = new RawClient(port).patient(10_000)) {
      raw.send("PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: " + large.length() + "\r\n\r\n");
      Thread sender = new Thread(() -> raw.send(large.getBytes()));
      sender.start();
      assertThat(raw.receive().header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(raw.drainChunks()).isEqualTo(large.length());
    }
  }

  @Test
  void half_an_answer_does_not_pass_for_a_whole_one() {
    worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .response()
                .setChunked(true)
                .write("half")
                .onSuccess(written -> vertx.setTimer(50, soon -> request.connection().close())));
    try (RawClient raw = new RawClient(port).patient(5000)) {
      assertThat(raw.send(read()).receive().header("Transfer-Encoding")).isEqualTo("chunked");
      assertThatThrownBy(raw::drainChunks).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void half_a_value_does_not_pass_for_a_whole_one() {
    worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .exceptionHandler(broken -> seen.add("broken off"))
                .handler(piece -> seen.add("piece"))
                .endHandler(end -> seen.add("whole")));
    try (RawClient raw = new RawClient(port)) {
      raw.send("PUT /kv/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
      await().until(() -> seen.contains("piece"));
    }
    await().until(() -> seen.contains("broken off") || seen.contains("whole"));
    assertThat(seen).doesNotContain("whole");
  }

  private Future<Integer> begin(NodeConfig config) {
    Answers answers = new Answers(new Problems(new Leftovers(vertx, 1000)));
    Gateway gateway =
        new Gateway(vertx, () -> Future.succeededFuture(roster()), config, answers, new Random(1));
    return vertx
        .createHttpServer(ServerOptions.of(config))
        .requestHandler(
            request -> {
              try {
                gateway.handle(request, Target.of(request.uri()));
              } catch (RuntimeException failure) {
                answers.fail(request, failure);
              }
            })
        .listen()
        .map(server -> server.actualPort());
  }

  private Roster roster() {
    List<Member> members = List.of(new Member(0, "127.0.0.1", 5001, 6001));
    return new Roster(
        new Roster.Controller("c", 3000, 8000),
        new ClusterState(1, 10, new Quorums(1, 1, 1), members),
        entries,
        null);
  }

  private void worker(WorkerStatus status, Handler<HttpServerRequest> answer) {
    int at =
        get(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(answer)
                .listen()
                .map(server -> server.actualPort()));
    entry(status, at);
  }

  private void gone(WorkerStatus status) {
    try (ServerSocket socket = new ServerSocket(0)) {
      entry(status, socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void entry(WorkerStatus status, int at) {
    entries.add(
        new Roster.Entry(entries.size(), "http://127.0.0.1:" + at, status, 1, 1, null, null));
  }

  private RawClient.Answer send(String request) {
    try (RawClient raw = new RawClient(port).patient(5000)) {
      return raw.send(request).receive();
    }
  }

  private static String read() {
    return "GET /kv/k HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static String write(String value) {
    return "PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(value.length(), value);
  }

  private static NodeConfig config() {
    Map<String, String> flags =
        Map.of("http.port", "0", "http.valueBytesMax", String.valueOf(VALUE_BYTES_MAX));
    var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
    Vertx loader = Vertx.vertx();
    try {
      return get(new ConfigLoader(loader).load(sources));
    } finally {
      get(loader.close());
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
