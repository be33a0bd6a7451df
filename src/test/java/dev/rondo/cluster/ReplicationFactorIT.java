package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The number of copies changes under load, and no acknowledged write is out of sight. */
class ReplicationFactorIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  @Test
  void down_and_up_again_every_acknowledged_write_is_seen_and_lands_on_exactly_its_owners() {
    List<String> keys = IntStream.range(0, 500).mapToObj(i -> "still-" + i).toList();
    Crowd.forEach(
        keys,
        key -> assertThat(cluster.client(1).put(key, "value of " + key).status()).isEqualTo(200));
    for (int copies : List.of(2, 3, 4, 3)) {
      try (Load load = Load.on(cluster, "to" + copies + "-", 0, 1, 2, 3)) {
        load.awaitProgress(300);
        configure(copies, copies / 2 + 1);
        load.awaitProgress(300);
        readAll(keys);
        cluster.awaitSettled();
        History history = load.stop();
        assertThat(history.failures()).isEmpty();
        assertThat(history.violations()).isEmpty();
        readAll(keys);
        inPlace("still-", keys);
        inPlace("to" + copies + "-", history.keys());
      }
    }
  }

  @Test
  void impossible_and_outdated_changes_are_refused() {
    assertThat(patch("{\"replicationFactor\":5}", "").status()).isEqualTo(422);
    assertThat(patch("{\"replicationFactor\":0}", "").status()).isEqualTo(422);
    assertThat(patch("{\"writeQuorum\":9}", "").status()).isEqualTo(422);
    assertThat(patch("{\"copies\":3}", "").status()).isIn(400, 422);
    assertThat(patch("nonsense", "").status()).isEqualTo(400);
    assertThat(patch("{\"replicationFactor\":2}", "\"0\"").status()).isEqualTo(409);
  }

  private static void configure(int copies, int quorum) {
    String body =
        new JsonObject()
            .put("replicationFactor", copies)
            .put("writeQuorum", quorum)
            .put("readQuorum", quorum)
            .encode();
    KvClient.Reply reply = patch(body, "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private static KvClient.Reply patch(String body, String basedOn) {
    return cluster.controllerClient().patch("/cluster/config", body, basedOn);
  }

  private static void readAll(List<String> keys) {
    Crowd.forEach(
        IntStream.range(0, keys.size()).boxed().toList(),
        i -> {
          KvClient.Reply reply = cluster.client(i % ControlledCluster.WORKERS).get(keys.get(i), "");
          assertThat(reply.status()).as(keys.get(i)).isEqualTo(200);
        });
  }

  private static void inPlace(String prefix, List<String> keys) {
    await("every key is on exactly its owners")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(Holdings.of(cluster, prefix).faults(keys)).isEmpty());
  }
}
