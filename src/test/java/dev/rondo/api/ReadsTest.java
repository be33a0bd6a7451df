package dev.rondo.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Reading.Outcome;
import dev.rondo.core.version.Version;
import dev.rondo.http.RawClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GET and HEAD, and what their outcomes become. */
class ReadsTest {
  private static final String TAG = "\"" + Stubs.VERSION + "\"";
  private static Server server;

  @BeforeAll
  static void start() {
    server = new Server();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void reset() {
    server.stubs.reset();
    server.stubs.hold("text/html", "<b>".getBytes(UTF_8));
  }

  @Test
  void a_value_comes_back_as_it_went_in_and_never_runs() {
    HttpResponse<String> answer = server.get("/kv/k");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<b>");
    assertThat(header(answer, "Content-Type")).isEqualTo("text/html");
    assertThat(header(answer, "Content-Length")).isEqualTo("3");
    assertThat(header(answer, "ETag")).isEqualTo(TAG);
    assertThat(header(answer, "X-Rondo-Version")).isEqualTo(Stubs.VERSION.toString());
    assertThat(header(answer, "X-Rondo-Coordinator")).isEqualTo("2");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment");
    assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nSet-Cookie: x", "a\0", "é"})
  void a_type_that_no_header_can_carry_is_that_of_unknown_bytes(String stored) {
    server.stubs.hold(stored, "v".getBytes(UTF_8));
    HttpResponse<String> answer = server.get("/kv/k");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("v");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void head_shows_everything_but_the_value() {
    try (RawClient client = server.connect()) {
      client.send("HEAD /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n");
      RawClient.Answer answer = client.receive(false);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isEqualTo("3");
      client.send("GET /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive().body().toUtf8()).isEqualTo("<b>");
    }
  }

  @Test
  void head_of_nothing_has_no_body() {
    server.stubs.reset();
    try (RawClient client = server.connect()) {
      client.send("HEAD /kv/k HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive(false).status()).isEqualTo(404);
      client.send("HEAD /node HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive(false).status()).isEqualTo(200);
    }
  }

  @Test
  void a_value_without_a_type_is_just_bytes() {
    server.stubs.hold("", new byte[0]);
    HttpResponse<String> answer = server.get("/kv/k");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(answer, "Content-Length")).isEqualTo("0");
  }

  @Test
  void parameters_reach_the_router() throws Exception {
    server.get("/kv/k?timeout=77&r=1");
    assertThat(server.stubs.reads.peek().r()).isEqualTo(1);
    assertThat(server.stubs.reads.take().timeoutMillis()).isEqualTo(77);
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of("If-None-Match", TAG, 304),
        Arguments.of("If-None-Match", "W/" + TAG, 304),
        Arguments.of("If-None-Match", "\"x\"," + TAG, 304),
        Arguments.of("If-None-Match", "\"x\", , " + TAG, 304),
        Arguments.of("If-None-Match", ", " + TAG + ",", 304),
        Arguments.of("If-Match", TAG + " , ,", 200),
        Arguments.of("If-None-Match", "*", 304),
        Arguments.of("If-None-Match", "\"x\"", 200),
        Arguments.of("If-Match", TAG, 200),
        Arguments.of("If-Match", "*", 200),
        Arguments.of("If-Match", "\"x\"", 412),
        Arguments.of("If-Match", "W/" + TAG, 412));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void conditions_are_heeded(String header, String value, int status) {
    HttpResponse<String> answer = server.send(server.request("/kv/k").header(header, value));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "ETag")).isEqualTo(TAG);
    assertThat(answer.body().isEmpty()).isEqualTo(status == 304);
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.NotFound(Version.NONE, 1), 404, "key_not_found"),
        Arguments.of(new Outcome.NotFound(Stubs.VERSION, 1), 404, "key_not_found"),
        Arguments.of(new Outcome.QuorumUnavailable(2, 1), 503, "quorum_unavailable"),
        Arguments.of(new Outcome.TimedOut(2, 1), 503, "quorum_unavailable"),
        Arguments.of(new Outcome.Impossible("r is 9"), 422, "impossible_parameter"),
        Arguments.of(Outcome.Refused.OVERLOADED, 503, "overloaded"),
        Arguments.of(Outcome.Refused.STORAGE_FAILED, 503, "storage_failed"),
        Arguments.of(Outcome.Refused.NOT_COORDINATING, 503, "unavailable"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void every_outcome_has_its_status(Outcome outcome, int status, String code) {
    server.stubs.read = asked -> Future.succeededFuture(outcome);
    HttpResponse<String> answer = server.get("/kv/k");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
  }

  @Test
  void a_deleted_key_shows_when_it_was_deleted() {
    server.stubs.read = asked -> Future.succeededFuture(new Outcome.NotFound(Stubs.VERSION, 3));
    HttpResponse<String> answer = server.get("/kv/k");
    assertThat(header(answer, "X-Rondo-Version")).isEqualTo(Stubs.VERSION.toString());
    assertThat(header(answer, "X-Rondo-Coordinator")).isEqualTo("3");
  }

  @Test
  void a_read_that_nobody_answers_can_be_repeated() {
    server.stubs.read = asked -> Promise.<Outcome>promise().future();
    HttpResponse<String> answer = server.get("/kv/k?timeout=50");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
  }

  @Test
  void an_absolute_target_is_a_target() {
    try (RawClient client = server.connect()) {
      client.send("GET http://rondo:80/kv/a//b?r=1 HTTP/1.1\r\nHost: rondo\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(200);
    }
    assertThat(server.stubs.reads.element().key()).hasToString("a//b");
  }

  @Test
  void old_clients_are_served() {
    try (RawClient client = server.connect()) {
      assertThat(client.send("GET /kv/k HTTP/1.0\r\n\r\n").receive().status()).isEqualTo(200);
      assertThat(client.isClosed()).isTrue();
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}
