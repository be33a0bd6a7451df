package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verticles of running workers are replaced under load, and no client notices. */
class RedeployIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  private static final List<String> KINDS =
      List.of("api", "router", "replication", "heartbeat", "persistence");

  @Test
  void every_kind_is_replaced_on_all_workers_without_a_failed_request() throws IOException {
    NextJar.write(cluster.jars().resolve("next.jar"));
    try (Load load = Load.on(cluster, "redeploy-", 0, 1, 2, 3)) {
      load.awaitProgress(300);
      for (String kind : KINDS) {
        roll(kind, "redeploy", "{\"jar\":\"next.jar\"}");
        cluster.ids().forEach(worker -> runs(worker, kind, 2, "next.jar"));
        load.awaitProgress(50);
      }
      assertThat(header()).isNotEmpty();
      roll("api", "rollback", "{}");
      assertThat(header()).isEmpty();
      cluster.ids().forEach(worker -> assertThat(cluster.status(worker)).isEqualTo("ONLINE"));
      History history = load.stop();
      assertThat(history.failures()).isEmpty();
      assertThat(history.violations()).isEmpty();
    }
  }

  @Test
  void the_controller_replaces_its_own_parts_and_takes_nobody_for_dead() throws IOException {
    NextJar.write(cluster.jars().resolve("next.jar"));
    long seen = cluster.state().getJsonArray("events").getJsonObject(0).getLong("seq");
    for (String kind : List.of("registry", "web", "registry", "web")) {
      String path = "/node/verticles/" + kind;
      assertThat(post(path + "/redeploy", "{\"jar\":\"next.jar\"}").status()).isEqualTo(202);
      await(kind + " is replaced")
          .atMost(Cluster.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !"running".equals(last(path).getString("status")));
      assertThat(last(path).getString("status")).as(last(path).encode()).isEqualTo("succeeded");
      assertThat(cluster.controllerClient().put("through", kind).status()).isEqualTo(200);
      cluster.ids().forEach(worker -> assertThat(cluster.status(worker)).isEqualTo("ONLINE"));
    }
    String events = cluster.controllerClient().get("/cluster/events?since=" + seen).body();
    assertThat(events).doesNotContain("worker_offline").doesNotContain("worker_registered");
  }

  private static JsonObject last(String path) {
    return cluster.controllerClient().get(path).json().getJsonObject("last");
  }

  @Test
  void a_jar_that_does_not_exist_stops_at_the_first_worker() {
    KvClient.Reply begun = post("/cluster/verticles/router/redeploy", "{\"jar\":\"none.jar\"}");
    assertThat(begun.status()).isEqualTo(202);
    JsonObject rollout = ended();
    assertThat(rollout.getString("status")).isEqualTo("stopped");
    assertThat(rollout.getInteger("done")).isZero();
    assertThat(rollout.getBoolean("rollbackOffered")).isFalse();
    assertThat(rollout.getJsonArray("workers").getJsonObject(0).getString("reason"))
        .contains("none.jar");
  }

  private static String header() {
    return cluster.client(3).get("no-such-key", "").header(NextJar.HEADER);
  }

  private static void roll(String kind, String action, String body) {
    KvClient.Reply begun = post("/cluster/verticles/" + kind + "/" + action, body);
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    JsonObject rollout = ended();
    assertThat(rollout.getString("status")).as(rollout.encode()).isEqualTo("succeeded");
  }

  private static JsonObject ended() {
    await("the rollout is over")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !"running".equals(rollout().getString("status")));
    return rollout();
  }

  private static JsonObject rollout() {
    return cluster.controllerClient().get("/cluster/verticles").json().getJsonObject("rollout");
  }

  private static void runs(int worker, String kind, int generation, String jar) {
    JsonObject verticle = cluster.client(worker).get("/node/verticles/" + kind).json();
    assertThat(verticle.getInteger("generation")).isEqualTo(generation);
    assertThat(verticle.getString("jar")).isEqualTo(jar);
  }

  private static KvClient.Reply post(String path, String json) {
    return cluster.controllerClient().post(path, json);
  }
}
