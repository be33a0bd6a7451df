package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Condition;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PUT and DELETE, and what their outcomes become. */
class WritesTest {
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
  }

  @Test
  void an_acknowledged_write_says_who_has_it() {
    HttpResponse<String> answer = server.put("/kv/k", "v");
    String version = Stubs.VERSION.toString();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"success\",\"replicas\":2,\"note\":\"hinted\",\"w\":2,\"n\":3,"
                + "\"hinted\":1,\"version\":\""
                + version
                + "\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + version + "\"");
    assertThat(answer.headers().firstValue("X-Rondo-Version")).hasValue(version);
    assertThat(answer.headers().firstValue("X-Rondo-Coordinator")).hasValue("0");
    assertThat(answer.headers().firstValue("Server-Timing"))
        .hasValue("w0;dur=0.8, w3;dur=12.3;desc=\"hint for 1\"");
  }

  @Test
  void a_part_of_a_value_does_not_take_the_place_of_the_whole() {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/kv/k")
                .header("Content-Range", "bytes 0-0/3")
                .PUT(HttpRequest.BodyPublishers.ofString("v")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("malformed_header");
    assertThat(server.stubs.writes).isEmpty();
  }

  @Test
  void parameters_reach_the_router() throws Exception {
    server.put("/kv/k?w=3&sloppy=false&timeout=1234", "v");
    Writing.Write write = server.stubs.writes.take();
    assertThat(write.w()).isEqualTo(3);
    assertThat(write.sloppy()).isFalse();
    assertThat(write.timeoutMillis()).isEqualTo(1234);
  }

  @Test
  void without_parameters_the_cluster_decides() throws Exception {
    server.put("/kv/k", "v");
    Writing.Write write = server.stubs.writes.take();
    assertThat(write.w()).isZero();
    assertThat(write.sloppy()).isTrue();
    assertThat(write.timeoutMillis()).isEqualTo(Server.TIMEOUTS.requestMillis());
    assertThat(write.condition()).isEqualTo(Condition.Always.ALWAYS);
  }

  @Test
  void who_follows_a_write_is_told_the_name_of_its_trace() throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/kv/k").header("X-Rondo-Trace", "1").DELETE());
    assertThat(answer.headers().firstValue("X-Rondo-Trace")).hasValue(Stubs.VERSION.toString());
    assertThat(server.stubs.writes.take().traced()).isTrue();
  }

  @Test
  void a_write_is_not_traced_unless_that_was_asked_for() throws Exception {
    assertThat(server.put("/kv/k", "v").headers().firstValue("X-Rondo-Trace")).isEmpty();
    assertThat(server.stubs.writes.take().traced()).isFalse();
    server.send(server.request("/kv/k").header("X-Rondo-Trace", "0").DELETE());
    assertThat(server.stubs.writes.take().traced()).isFalse();
  }

  @Test
  void a_trace_that_is_neither_on_nor_off_is_refused() {
    HttpResponse<String> answer =
        server.send(server.request("/kv/k").header("X-Rondo-Trace", "yes").DELETE());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .isEqualTo("X-Rondo-Trace can be 0 or 1");
  }

  @Test
  void a_delete_is_a_write_without_content() throws Exception {
    HttpResponse<String> answer = server.send(server.request("/kv/k?w=1").DELETE());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("success");
    assertThat(server.stubs.writes.take().content()).isNull();
  }

  static Stream<Arguments> conditions() {
    Version version = Stubs.VERSION;
    return Stream.of(
        Arguments.of("If-None-Match", "*", Condition.Absent.ABSENT),
        Arguments.of("If-Match", " * ", Condition.Present.PRESENT),
        Arguments.of("If-Match", "\"" + version + "\"", new Condition.Matches(List.of(version))),
        Arguments.of(
            "If-Match",
            "\"other\" , \"" + version + "\", \"\"",
            new Condition.Matches(List.of(version))),
        Arguments.of("If-Match", "W/\"" + version + "\"", new Condition.Matches(List.of())));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void conditions_reach_the_router(String header, String value, Condition condition)
      throws Exception {
    server.send(server.request("/kv/k").header(header, value).DELETE());
    assertThat(server.stubs.writes.take().condition()).isEqualTo(condition);
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(new Outcome.QuorumUnavailable(2, 1), 503, "quorum_unavailable"),
        Arguments.of(new Outcome.Unknown(2, 1), 504, "outcome_unknown"),
        Arguments.of(new Outcome.Superseded(Stubs.VERSION), 504, "outcome_unknown"),
        Arguments.of(new Outcome.Impossible("w is 99"), 422, "impossible_parameter"),
        Arguments.of(new Outcome.ConditionFailed(Version.NONE), 412, "precondition_failed"),
        Arguments.of(new Outcome.ConditionFailed(Stubs.VERSION), 412, "precondition_failed"),
        Arguments.of(Outcome.Refused.DISK_FULL, 507, "disk_full"),
        Arguments.of(Outcome.Refused.OVERLOADED, 503, "overloaded"),
        Arguments.of(Outcome.Refused.STORAGE_FAILED, 503, "storage_failed"),
        Arguments.of(Outcome.Refused.NOT_COORDINATING, 503, "unavailable"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void every_outcome_has_its_status(Outcome outcome, int status, String code) {
    server.stubs.write = asked -> Future.succeededFuture(outcome);
    HttpResponse<String> answer = server.put("/kv/k", "v");
    JsonObject problem = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("type")).isEqualTo("/problems/" + code);
    assertThat(problem.getBoolean("mayApply", false)).isEqualTo(status == 504);
    assertThat(answer.headers().firstValue("Retry-After").isPresent())
        .isEqualTo(Set.of("overloaded", "quorum_unavailable", "unavailable").contains(code));
  }

  @Test
  void a_failed_condition_shows_what_is_held() {
    server.stubs.write =
        asked -> Future.succeededFuture(new Outcome.ConditionFailed(Stubs.VERSION));
    HttpResponse<String> answer = server.put("/kv/k", "v");
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + Stubs.VERSION + "\"");
    assertThat(new JsonObject(answer.body()).getString("version"))
        .isEqualTo(Stubs.VERSION.toString());
  }

  @Test
  void a_write_that_nobody_answers_is_of_unknown_outcome() {
    server.stubs.write = asked -> Promise.<Outcome>promise().future();
    HttpResponse<String> answer = server.put("/kv/k?timeout=50", "v");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(new JsonObject(answer.body()).getBoolean("mayApply")).isTrue();
  }

  @Test
  void a_bug_behind_the_bus_leaves_the_outcome_unknown_and_the_client_unenlightened() {
    server.stubs.write =
        asked -> {
          throw new IllegalStateException("secret");
        };
    HttpResponse<String> answer = server.put("/kv/k", "v");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void a_preflight_of_the_dashboard_is_granted() {
    HttpResponse<String> answer = preflight(Server.ORIGIN);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(Server.ORIGIN);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("PUT");
  }

  @Test
  void a_preflight_of_any_other_page_is_not() {
    HttpResponse<String> answer = preflight("http://evil.example");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
  }

  @Test
  void the_dashboard_may_see_what_it_needs() {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/kv/k")
                .header("Origin", Server.ORIGIN)
                .PUT(HttpRequest.BodyPublishers.ofString("v")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(Server.ORIGIN);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("ETag", "Server-Timing", "X-Rondo-Version", "X-Rondo-Coordinator");
  }

  @Test
  void the_dashboard_may_also_be_opened_at_localhost() throws Exception {
    String localhost = Server.ORIGIN.replace("127.0.0.1", "localhost");

    assertThat(preflight(localhost).headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue(localhost);
  }

  private static HttpResponse<String> preflight(String origin) {
    return server.send(
        server
            .request("/kv/k")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }
}
