package dev.rondo.controller.web;

import static dev.rondo.controller.web.TestController.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Configuring.Change;
import dev.rondo.bus.Configuring.Outcome;
import dev.rondo.bus.Events;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Restarting;
import dev.rondo.http.RawClient;
import dev.rondo.http.RawClient.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterApiTest {

  private static TestController controller;

  @BeforeAll
  static void start() {
    controller = new TestController();
    await().until(() -> controller.get("/cluster").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    controller.close();
  }

  @BeforeEach
  void reset() {
    controller.roster = Future.succeededFuture(Rosters.two());
    controller.changes.clear();
    controller.restarts.clear();
    controller.repairs.clear();
    controller.asked.clear();
  }

  @Test
  void the_cluster_is_one_snapshot_with_a_growing_number() {
    JsonObject first = json(controller.get("/cluster"));
    JsonObject second = json(controller.get("/cluster"));
    assertThat(first.getLong("epoch")).isEqualTo(7);
    assertThat(first.getJsonArray("workers")).hasSize(2);
    assertThat(second.getLong("seq")).isGreaterThan(first.getLong("seq"));
  }

  @Test
  void the_configuration_can_be_read_with_its_epoch() {
    HttpResponse<String> response = controller.get("/cluster/config");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"7\"");
    assertThat(json(response).getJsonObject("config").getInteger("replicationFactor")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match, '\"7\"', 304",
    "If-None-Match, 'W/\"7\", \"9\"', 304",
    "If-None-Match, '\"6\"', 200",
    "If-Match, '\"6\", \"7\"', 200",
    "If-Match, *, 200",
    "If-Match, '\"6\"', 412",
    "If-Match, 7, 400"
  })
  void the_configuration_is_read_under_conditions(String header, String tags, int status) {
    var answer = controller.send(controller.request("/cluster/config").header(header, tags));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("ETag"))
        .isEqualTo(status == 400 ? Optional.empty() : Optional.of("\"7\""));
  }

  @Test
  void two_epochs_in_two_lines_are_no_basis_of_a_change() {
    var answer = controller.patch("{\"writeQuorum\":2}", "If-Match", "\"6\"", "If-Match", "\"7\"");
    assertProblem(answer, 400, "malformed_header");
    assertThat(controller.changes).isEmpty();
  }

  @Test
  void a_change_is_passed_on_and_answered_with_the_new_epoch() {
    controller.outcome = new Outcome.Changed(Rosters.state());
    HttpResponse<String> response =
        controller.patch("{\"replicationFactor\":3,\"readQuorum\":2}", "If-Match", "\"6\"");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag")).hasValue("\"7\"");
    assertThat(json(response).getLong("epoch")).isEqualTo(7);
    assertThat(controller.changes).containsExactly(new Change(3, null, 2, 6L));
  }

  @Test
  void what_became_of_a_change_decides_the_answer() {
    controller.outcome = new Outcome.Stale(9);
    assertProblem(controller.patch("{\"writeQuorum\":2}"), 409, "stale_epoch");
    assertThat(json(controller.patch("{\"writeQuorum\":2}")).getLong("epoch")).isEqualTo(9);
    controller.outcome = new Outcome.Busy(8);
    assertProblem(controller.patch("{\"writeQuorum\":2}"), 409, "change_in_progress");
    controller.outcome = new Outcome.Impossible("writeQuorum is 4, allowed are 1 to 3");
    assertProblem(controller.patch("{\"writeQuorum\":4}"), 422, "impossible_config");
    controller.outcome = new Outcome.NoMajority(1, 3);
    assertProblem(controller.patch("{\"writeQuorum\":2}"), 503, "no_majority");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "{",
        "{\"n\":3}",
        "{\"writeQuorum\":\"2\"}",
        "{\"writeQuorum\":2.5}",
        "{\"writeQuorum\":null}",
        "{\"writeQuorum\":true}",
        "{\"writeQuorum\":{}}",
        "{\"writeQuorum\":2.0}",
        "{\"writeQuorum\":2,\"writeQuorum\":3}",
        "{\"writeQuorum\":2 /* of 3 */}",
        "// first\n{\"writeQuorum\":2}",
        "{\"writeQuorum\":2}{}",
        "\u0000",
        "{\"writeQuorum\":2,\"extra\":1}"
      })
  void a_body_that_is_no_change_is_refused_and_nothing_is_asked(String body) {
    assertProblem(controller.patch(body), 400, "malformed_json");
    assertThat(controller.changes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "33", "2147483648", "99999999999999999999"})
  void no_cluster_can_have_such_quorums(String number) {
    assertProblem(controller.patch("{\"writeQuorum\":" + number + "}"), 422, "impossible_config");
    assertThat(controller.changes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "W/\"7\"", "\"x\"", "\"7\", \"8\"", "\"\""})
  void an_epoch_that_cannot_be_understood_is_refused(String tag) {
    assertProblem(
        controller.patch("{\"writeQuorum\":2}", "If-Match", tag), 400, "malformed_header");
    assertThat(controller.changes).isEmpty();
  }

  @Test
  void a_change_in_another_format_is_refused() {
    assertProblem(
        controller.patch("writeQuorum=2", "Content-Type", "text/plain"),
        415,
        "unsupported_media_type");
  }

  @Test
  void json_that_curl_calls_a_form_is_understood() {
    String form = "application/x-www-form-urlencoded";
    var answer = controller.patch("{\"writeQuorum\":2}", "Content-Type", form);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertProblem(controller.patch("writeQuorum=2", "Content-Type", form), 400, "malformed_json");
  }

  @Test
  void a_change_that_is_too_long_is_refused() {
    assertProblem(
        controller.patch("{\"writeQuorum\":2" + " ".repeat(5000) + "}"), 413, "value_too_large");
  }

  @Test
  void a_worker_is_restarted() {
    controller.restart = Restarting.Outcome.ACCEPTED;
    HttpResponse<String> response =
        controller.send(
            controller.request("/cluster/workers/1/restart").POST(BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(controller.restarts).containsExactly(new Restarting.Restart(1));
  }

  @ParameterizedTest
  @CsvSource({"NOT_SUPERVISED, not_supervised", "BUSY, restart_in_progress"})
  void a_worker_that_cannot_be_restarted_says_why(Restarting.Outcome outcome, String code) {
    controller.restart = outcome;
    assertProblem(
        controller.send(
            controller.request("/cluster/workers/1/restart").POST(BodyPublishers.noBody())),
        409,
        code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9", "x", "-1", "99999", "1%2f"})
  void a_worker_that_does_not_exist_cannot_be_restarted(String id) {
    assertProblem(
        controller.send(
            controller
                .request("/cluster/workers/" + id + "/restart")
                .POST(BodyPublishers.noBody())),
        404,
        "not_found");
    assertThat(controller.restarts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cluster/workers/1/restart", "/cluster/repair"})
  void what_is_refused_for_its_body_is_not_done(String path) {
    try (RawClient client = controller.connect()) {
      String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
      Answer answer = client.send(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n").receive();
      assertThat(answer.json().getString("code")).isEqualTo("malformed_body");
    }
    assertThat(controller.get("/cluster").statusCode()).isEqualTo(200);
    assertThat(controller.restarts).isEmpty();
    assertThat(controller.repairs).isEmpty();
  }

  @Test
  void repair_is_ordered_from_all_or_from_one() {
    controller.repair = new Repairing.Outcome(7, List.of(0, 1));
    HttpResponse<String> all = repair("");
    assertThat(all.statusCode()).isEqualTo(202);
    assertThat(json(all))
        .isEqualTo(new JsonObject("{\"status\":\"repairing\",\"order\":7,\"workers\":[0,1]}"));
    assertThat(repair("?worker=1").statusCode()).isEqualTo(202);
    assertThat(controller.repairs)
        .containsExactly(new Repairing.Repair(null), new Repairing.Repair(1));
  }

  @ParameterizedTest
  @CsvSource({
    "?worker=9, 404, not_found",
    "?worker=99999999999, 404, not_found",
    "?worker=x, 400, malformed_parameter",
    "?force=true, 400, unknown_parameter"
  })
  void a_repair_of_nobody_is_refused(String query, int status, String code) {
    assertProblem(repair(query), status, code);
    assertThat(controller.repairs).isEmpty();
  }

  @Test
  void a_repair_that_nobody_is_there_for_can_be_tried_again() {
    controller.repair = new Repairing.Outcome(8, List.of());
    assertProblem(repair("?worker=1"), 503, "unavailable");
  }

  private HttpResponse<String> repair(String query) {
    return controller.send(
        controller.request("/cluster/repair" + query).POST(BodyPublishers.noBody()));
  }

  @Test
  void events_come_as_an_object_or_as_lines() {
    ClusterEvent event = new ClusterEvent("worker_online", ClusterEvent.Level.INFO, 2, "Back");
    controller.page = new Events.Page(List.of(new Events.Logged(41, 1000, event)), 12, 41);
    JsonObject page = json(controller.get("/cluster/events?since=40&limit=5"));
    assertThat(controller.asked).containsExactly(new Events.Ask(40, 5));
    assertThat(page.getLong("newest")).isEqualTo(41);
    JsonObject shown = page.getJsonArray("events").getJsonObject(0);
    assertThat(shown.getString("kind")).isEqualTo("worker_online");
    String lines =
        controller
            .send(controller.request("/cluster/events").header("Accept", "application/x-ndjson"))
            .body();
    assertThat(lines).endsWith("}\n");
    assertThat(new JsonObject(lines)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"since=x", "since=-1", "limit=0", "limit=1001", "from=1", "since=1&since=2"})
  void event_parameters_that_make_no_sense_are_refused(String query) {
    assertThat(controller.get("/cluster/events?" + query).statusCode()).isIn(400, 422);
  }

  @ParameterizedTest
  @CsvSource({
    "/cluster, POST, 'GET, HEAD, OPTIONS'",
    "/cluster/config, DELETE, 'GET, HEAD, PATCH, OPTIONS'",
    "/cluster/events, PUT, 'GET, HEAD, OPTIONS'",
    "/cluster/workers/1/restart, GET, 'POST, OPTIONS'",
    "/cluster/repair, GET, 'POST, OPTIONS'",
    "/node, POST, 'GET, HEAD, OPTIONS'",
    "/, POST, 'GET, HEAD, OPTIONS'"
  })
  void other_methods_are_refused_with_those_that_are_there(
      String path, String method, String allowed) {
    HttpResponse<String> response =
        controller.send(controller.request(path).method(method, BodyPublishers.noBody()));
    assertProblem(response, 405, "method_not_allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
  }

  @Test
  void requests_are_counted_by_what_became_of_them_and_browsers_that_watch_are_not() {
    controller.get("/cluster");
    controller.get("/nowhere");
    controller.get("/eventbus/info");
    String other = "rondo_http_requests_seconds_count{method=\"other\",outcome=\"%s\"} ";
    String first = controller.get("/metrics").body();
    assertThat(first).containsPattern(Pattern.quote(other.formatted("success")) + "[1-9]");
    assertThat(first).containsPattern(Pattern.quote(other.formatted("not_found")) + "[1-9]");
    controller.get("/eventbus/info");
    String second = controller.get("/metrics").body();
    assertThat(count(second, other) - count(first, other)).isEqualTo(1);
  }

  private static double count(String metrics, String other) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(other.formatted("success")))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void it_says_who_it_is_and_how_it_is() {
    assertThat(json(controller.get("/node")).getString("role")).isEqualTo("controller");
    assertThat(controller.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(controller.get("/health/ready").statusCode()).isEqualTo(200);
    controller.roster = Future.failedFuture("not yet");
    assertThat(controller.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(controller.get("/metrics").statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }
}
