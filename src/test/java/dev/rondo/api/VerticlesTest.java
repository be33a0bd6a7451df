package dev.rondo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.BusProtocol;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Redeploy;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verticles over REST: seen by anyone, replaced by the machine itself only. */
class VerticlesTest {

  private static final String REDEPLOY = "/node/verticles/router/redeploy";
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
  void verticles_are_shown_with_their_generations() {
    JsonObject all = new JsonObject(server.get("/node/verticles").body());
    assertThat(all.getInteger("busProtocol")).isEqualTo(BusProtocol.VERSION);
    assertThat(all.getString("jarDirectory")).isEqualTo("/srv/jars");
    JsonObject router = all.getJsonArray("verticles").getJsonObject(0);
    assertThat(new JsonObject(server.get("/node/verticles/router").body())).isEqualTo(router);
    assertThat(router.getString("name")).isEqualTo("router");
    assertThat(router.getInteger("generation")).isEqualTo(3);
    assertThat(router.getString("state")).isEqualTo("replacing");
    assertThat(router.getJsonObject("rollback").getString("code")).isEqualTo("1.0");
    assertThat(router.getJsonObject("last").getString("step")).isEqualTo("taking over");
    assertThat(server.get("/node/verticles/none").statusCode()).isEqualTo(404);
  }

  @Test
  void a_redeploy_is_accepted_and_can_be_followed() {
    HttpResponse<String> answer =
        post(REDEPLOY, "{\"jar\":\"a.jar\",\"config\":{\"timeouts\":{\"hedgeMillis\":30}}}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains("/node/verticles/router");
    Redeploy wish = server.stubs.redeploys.remove();
    assertThat(wish.name()).isEqualTo("router");
    assertThat(wish.action()).isEqualTo(Action.REDEPLOY);
    assertThat(wish.jar()).isEqualTo("a.jar");
    assertThat(wish.config()).isEqualTo("{\"timeouts\":{\"hedgeMillis\":30}}");
  }

  @Test
  void without_a_body_the_same_code_is_meant() {
    HttpRequest.Builder bare = server.request(REDEPLOY).POST(BodyPublishers.noBody());
    assertThat(server.send(bare).statusCode()).isEqualTo(202);
    assertThat(server.stubs.redeploys.remove().jar()).isNull();
    HttpRequest.Builder back =
        server.request("/node/verticles/router/rollback").POST(BodyPublishers.noBody());
    assertThat(server.send(back).statusCode()).isEqualTo(202);
    assertThat(server.stubs.redeploys.remove().action()).isEqualTo(Action.ROLLBACK);
  }

  @Test
  void bodies_that_make_no_sense_are_refused() {
    assertThat(code(post(REDEPLOY, "{\"jar\":7}"))).isEqualTo("malformed_json");
    assertThat(code(post(REDEPLOY, "{\"config\":[]}"))).isEqualTo("malformed_json");
    assertThat(code(post(REDEPLOY, "{\"jars\":\"a\"}"))).isEqualTo("malformed_json");
    assertThat(code(post(REDEPLOY, "[1]"))).isEqualTo("malformed_json");
    assertThat(code(post(REDEPLOY, "{"))).isEqualTo("malformed_json");
    HttpRequest.Builder text =
        server
            .request(REDEPLOY)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"));
    assertThat(code(server.send(text))).isEqualTo("unsupported_media_type");
    assertThat(server.get(REDEPLOY).statusCode()).isEqualTo(405);
    assertThat(server.stubs.redeploys).isEmpty();
  }

  @Test
  void whoever_comes_through_a_proxy_or_from_a_foreign_page_is_refused() {
    Map.of(
            "X-Forwarded-For", "192.0.2.1",
            "Forwarded", "for=192.0.2.1",
            "Origin", "http://evil.example",
            "Sec-Fetch-Site", "cross-site")
        .forEach(
            (name, value) ->
                assertThat(
                        server
                            .send(
                                server
                                    .request(REDEPLOY)
                                    .header(name, value)
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .as(name)
                    .isEqualTo(403));
    assertThat(server.stubs.redeploys).isEmpty();
  }

  @Test
  void refusals_are_problems_that_name_the_reason() {
    Map.of(
            Reason.UNKNOWN, 404,
            Reason.NOT_REPLACEABLE, 409,
            Reason.BUSY, 409,
            Reason.NOTHING_TO_GO_BACK_TO, 409,
            Reason.UNUSABLE_JAR, 422,
            Reason.IMPOSSIBLE_CONFIG, 422)
        .forEach(
            (reason, status) -> {
              server.stubs.redeploy =
                  wish -> Future.succeededFuture(new Outcome.Refused(reason, "because"));
              HttpResponse<String> answer = post(REDEPLOY, "{}");
              assertThat(answer.statusCode()).as(reason.name()).isEqualTo(status);
              assertThat(answer.body()).contains("because");
            });
  }

  private static HttpResponse<String> post(String path, String json) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static String code(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("code");
  }
}
