package dev.rondo.controller.web;

import static dev.rondo.controller.web.TestController.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Rolling.Part;
import dev.rondo.bus.Rolling.State;
import dev.rondo.bus.Rolling.Status;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutApiTest {

  private static final String ALL = "/cluster/verticles/router/redeploy";
  private static TestController controller;

  @BeforeAll
  static void start() {
    controller = new TestController();
  }

  @AfterAll
  static void stop() {
    controller.close();
  }

  @BeforeEach
  void reset() {
    controller.wishes.clear();
  }

  @Test
  void a_wish_is_passed_on_and_shows_how_far_it_is() {
    Rolling.Wish wish = new Rolling.Wish(Action.REDEPLOY, "router", "next.jar", "", null);
    controller.rollOut =
        new Rolling.Outcome.Begun(
            new Rolling.Progress(
                "7",
                wish,
                Status.STOPPED,
                List.of(
                    new Part(0, State.SUCCEEDED, ""),
                    new Part(1, State.FAILED, "it throws"),
                    new Part(2, State.WAITING, ""))));
    HttpResponse<String> answer = post(ALL, "{\"jar\":\"next.jar\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains("/cluster/verticles");
    assertThat(controller.wishes.remove()).isEqualTo(wish);
    JsonObject rollout = json(answer).getJsonObject("rollout");
    assertThat(rollout.getString("status")).isEqualTo("stopped");
    assertThat(rollout.getInteger("done")).isEqualTo(1);
    assertThat(rollout.getInteger("worker")).isEqualTo(1);
    assertThat(rollout.getBoolean("rollbackOffered")).isTrue();
  }

  @Test
  void one_worker_and_a_rollback_have_paths_of_their_own() {
    post("/cluster/workers/2/verticles/router/rollback", "{}");
    Rolling.Wish wish = controller.wishes.remove();
    assertThat(wish.worker()).isEqualTo(2);
    assertThat(wish.action()).isEqualTo(Action.ROLLBACK);
    assertThat(post("/cluster/workers/x/verticles/router/rollback", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusals_and_strangers_are_told_so() {
    controller.rollOut = new Rolling.Outcome.Refused(Reason.BUSY, "not now");
    assertThat(post(ALL, "{}").statusCode()).isEqualTo(409);
    assertThat(post(ALL, "[]").statusCode()).isEqualTo(400);
    assertThat(controller.get(ALL).statusCode()).isEqualTo(405);
    controller.wishes.clear();
    HttpRequest.Builder forwarded =
        controller
            .request(ALL)
            .header("X-Forwarded-For", "192.0.2.1")
            .POST(BodyPublishers.noBody());
    assertThat(controller.send(forwarded).statusCode()).isEqualTo(403);
    assertThat(controller.wishes).isEmpty();
  }

  @Test
  void the_verticles_of_all_workers_are_shown() {
    JsonObject all = json(controller.get("/cluster/verticles"));
    assertThat(all.getValue("rollout")).isNull();
    JsonObject first = all.getJsonArray("workers").getJsonObject(0);
    assertThat(first.getJsonArray("verticles").getJsonObject(0).getString("name"))
        .isEqualTo("router");
  }

  private static HttpResponse<String> post(String path, String json) {
    return controller.send(
        controller
            .request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }
}
