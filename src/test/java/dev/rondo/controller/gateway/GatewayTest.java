package dev.rondo.controller.gateway;

import static dev.rondo.controller.gateway.TestGateway.read;
import static dev.rondo.controller.gateway.TestGateway.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.WorkerStatus;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawHttp2;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

  private final TestGateway gateway = new TestGateway();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void path_query_method_headers_and_body_arrive_as_they_were_sent() {
    gateway.worker(
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
        gateway.send(
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
  void what_a_client_calls_a_matter_of_the_connection_is_not_lost_with_it() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      for (String name : List.of("Content-Length", "Content-Type", "If-Match")) {
                        seen.add(String.valueOf(request.getHeader(name)));
                      }
                      request.response().putHeader("Connection", "Content-Length").end(body);
                    }));
    var answer =
        gateway.send(
            String.join(
                "\r\n",
                "PUT /kv/k HTTP/1.1",
                "Host: h",
                "Connection: Content-Length, content-type, Host",
                "Connection: if-match",
                "Content-Type: x/y",
                "If-Match: *",
                "Content-Length: 3",
                "",
                "abc"));
    assertThat(seen).containsExactly("3", "x/y", "*");
    assertThat(answer.body().toUtf8()).isEqualTo("abc");
  }

  @Test
  void no_stream_is_asked_for_in_the_name_of_a_client_that_cannot_tell_its_end() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> request.response().end(String.valueOf(request.getHeader("Accept"))));
    String asked = "GET /kv HTTP/%s\r\nHost: h\r\nAccept: application/x-ndjson\r\n\r\n";
    assertThat(gateway.send(asked.formatted("1.0")).body().toUtf8()).isEqualTo("null");
    assertThat(gateway.send(asked.formatted("1.1")).body().toUtf8())
        .isEqualTo("application/x-ndjson");
  }

  @Test
  void octets_that_were_not_escaped_are_the_same_key() {
    gateway.worker(WorkerStatus.ONLINE, request -> request.response().end(request.uri()));
    var answer = gateway.send("GET /kv/\u00c3\u00a4 HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(answer.body().toUtf8()).isEqualTo("/kv/%c3%a4");
  }

  @Test
  void a_worker_that_is_online_is_asked_first() {
    gateway.worker(WorkerStatus.OFFLINE, request -> request.response().end("offline"));
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("recovering"));
    gateway.worker(WorkerStatus.ONLINE, request -> request.response().end("online"));
    for (int i = 0; i < 5; i++) {
      assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("online");
    }
  }

  @Test
  void a_worker_that_refuses_connections_is_passed_over_also_for_writes() {
    gateway.gone(WorkerStatus.ONLINE);
    gateway.gone(WorkerStatus.ONLINE);
    gateway.worker(
        WorkerStatus.RECOVERING, request -> request.body().onSuccess(request.response()::end));
    assertThat(gateway.send(write("value")).body().toUtf8()).isEqualTo("value");
  }

  @Test
  void without_any_worker_nothing_was_sent() {
    gateway.gone(WorkerStatus.ONLINE);
    var answer = gateway.send(write("value"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getString("code")).isEqualTo("quorum_unavailable");
  }

  @Test
  void of_a_write_whose_worker_dies_nobody_knows_whether_it_applies() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> request.body().onSuccess(b -> request.connection().close()));
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    var answer = gateway.send(write("value"));
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.json().getString("code")).isEqualTo("outcome_unknown");
    assertThat(answer.json().getBoolean("mayApply")).isTrue();
  }

  @Test
  void a_read_whose_worker_dies_is_repeated_elsewhere() {
    gateway.worker(WorkerStatus.ONLINE, request -> request.connection().close());
    gateway.worker(WorkerStatus.RECOVERING, request -> request.response().end("second"));
    assertThat(gateway.send(read()).body().toUtf8()).isEqualTo("second");
  }

  @Test
  void a_worker_that_hangs_does_not_hang_the_client() {
    gateway.worker(WorkerStatus.ONLINE, request -> {});
    var answer = gateway.send(write("value").replace("/kv/k", "/kv/k?timeout=1"));
    assertThat(answer.status()).isEqualTo(504);
  }

  @Test
  void what_a_worker_refuses_is_refused_in_its_words() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .response()
                .setStatusCode(412)
                .putHeader("Content-Type", "application/problem+json")
                .end("{\"code\":\"precondition_failed\"}"));
    var answer = gateway.send(write("value"));
    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void a_question_for_the_head_gets_the_length_and_no_body() {
    gateway.worker(
        WorkerStatus.ONLINE, request -> request.response().putHeader("Content-Length", "5").end());
    try (RawClient raw = gateway.connect()) {
      raw.send(read().replace("GET", "HEAD"));
      assertThat(raw.receive(false).header("Content-Length")).isEqualTo("5");
      raw.send(read().replace("GET", "HEAD"));
      assertThat(raw.receive(false).status()).isEqualTo(200);
    }
  }

  @Test
  void a_value_that_is_too_large_goes_nowhere() {
    gateway.worker(WorkerStatus.ONLINE, request -> request.response().end("taken"));
    var answer =
        gateway.send(
            "PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
                .formatted(TestGateway.VALUE_BYTES_MAX + 1));
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void what_a_worker_refuses_by_its_head_is_refused_before_any_of_the_body_comes() {
    gateway.worker(WorkerStatus.ONLINE, request -> request.response().setStatusCode(400).end("no"));
    try (RawClient raw = gateway.connect()) {
      raw.send("PUT /kv/%ff HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n");
      assertThat(raw.receive().status()).isEqualTo(400);
    }
    try (RawHttp2 client = gateway.connectHttp2()) {
      byte[] head = client.block(RawHttp2.head("PUT", "/kv/%ff"));
      client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head);
      assertThat(client.receive(1).status()).isEqualTo(400);
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on() {
    gateway.worker(
        WorkerStatus.ONLINE, request -> request.body().onSuccess(request.response()::end));
    try (RawClient raw = gateway.connect()) {
      raw.send(
          "PUT /kv/k HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(raw.receive().status()).isEqualTo(100);
      assertThat(raw.send("hi").receive().body().toUtf8()).isEqualTo("hi");
    }
  }

  @Test
  void a_client_of_an_old_version_is_not_told_to_go_on() {
    gateway.worker(
        WorkerStatus.ONLINE, request -> request.body().onSuccess(request.response()::end));
    var answer =
        gateway.send("PUT /kv/k HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toUtf8()).isEqualTo("hi");
  }

  /** The worker echoes: the answer begins before the value has ended. */
  @Test
  void a_large_value_passes_both_ways_piece_by_piece() {
    Buffer large = Buffer.buffer(new byte[TestGateway.VALUE_BYTES_MAX]);
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> {
          request.response().setChunked(true);
          request.pipeTo(request.response());
        });
    try (RawClient raw = gateway.connect()) {
      raw.send("PUT /kv/k HTTP/1.1\r\nHost: h\r\nContent-Length: " + large.length() + "\r\n\r\n");
      Thread sender = new Thread(() -> raw.send(large.getBytes()));
      sender.start();
      assertThat(raw.receive().header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(raw.drainChunks()).isEqualTo(large.length());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 300_000})
  void the_last_bytes_of_an_answer_are_its_end(int bytes) {
    Buffer value = Buffer.buffer(new byte[bytes]);
    gateway.worker(WorkerStatus.ONLINE, request -> request.response().end(value));
    try (RawHttp2 http2 = gateway.connectHttp2()) {
      http2.request(1, RawHttp2.head("GET", "/kv/k"));
      assertThat(http2.receive(1).body().length()).isEqualTo(bytes);
      http2.request(3, RawHttp2.head("GET", "/kv/k"));
      assertThat(http2.last(3).payload().length()).isPositive();
    }
  }

  @Test
  void half_an_answer_does_not_pass_for_a_whole_one() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .response()
                .setChunked(true)
                .write("half")
                .onSuccess(
                    written -> gateway.vertx.setTimer(50, soon -> request.connection().close())));
    try (RawClient raw = gateway.connect()) {
      assertThat(raw.send(read()).receive().header("Transfer-Encoding")).isEqualTo("chunked");
      assertThatThrownBy(raw::drainChunks).hasCauseInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zz\\r\\nworld\\r\\n0\\r\\n\\r\\n, 0", "zz\\r\\nworld\\r\\n0\\r\\n\\r\\n, 100",
    "5\\r\\nhelloXX5\\r\\n, 0", "5\\r\\nhelloXX5\\r\\n, 100",
    "FFFFFFFFFFFFFFFFF\\r\\nx, 0", "FFFFFFFFFFFFFFFFF\\r\\nx, 100"
  })
  void a_value_that_cannot_be_read_is_refused_as_by_a_worker(String chunks, long behindMillis) {
    gateway.worker(
        WorkerStatus.ONLINE,
        request -> request.handler(piece -> {}).endHandler(end -> seen.add("whole")));
    String head = "PUT /kv/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    String body = chunks.translateEscapes();
    try (RawClient raw = gateway.connect()) {
      if (behindMillis == 0) {
        raw.send(head + body);
      } else {
        raw.send(head);
        gateway.pass(behindMillis);
        raw.send(body);
      }
      RawClient.Answer refused = raw.receive();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().getString("code")).isEqualTo("malformed_body");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void half_a_value_does_not_pass_for_a_whole_one() {
    gateway.worker(
        WorkerStatus.ONLINE,
        request ->
            request
                .exceptionHandler(broken -> seen.add("broken off"))
                .handler(piece -> seen.add("piece"))
                .endHandler(end -> seen.add("whole")));
    try (RawClient raw = gateway.connect()) {
      raw.send("PUT /kv/k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
      await().until(() -> seen.contains("piece"));
    }
    await().until(() -> seen.contains("broken off") || seen.contains("whole"));
    assertThat(seen).doesNotContain("whole");
  }
}
