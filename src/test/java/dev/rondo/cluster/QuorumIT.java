package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** So many workers are down that what can be promised depends on the key. */
class QuorumIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  @Test
  void with_two_down_a_stand_in_helps_writes_and_reads_are_honest() {
    String key = cluster.key("two-", list -> list.owners(3).containsAll(Set.of(2, 3)));
    String safe = cluster.key("safe-", list -> list.isOwner(0, 3) && list.isOwner(1, 3));
    assertThat(cluster.client(0).put(safe, "before").status()).isEqualTo(200);
    down(2, 3);
    for (int worker : List.of(0, 1)) {
      awaitUnreachable(worker, Set.of(2, 3));
    }

    for (int worker : List.of(0, 1)) {
      KvClient client = cluster.client(worker);
      KvClient.Reply put = client.put(key, "value " + worker);
      assertThat(put.status()).as(put.body()).isEqualTo(200);
      assertThat(put.json().getInteger("replicas")).isEqualTo(2);
      assertThat(put.json().getInteger("hinted")).isEqualTo(1);
      assertThat(put.json().getString("note")).isEqualTo("hinted");
      assertThat(hintShown(client, key)).isEqualTo(put.json().getString("version"));

      assertThat(client.get(key, "?r=1").body()).isEqualTo("value " + worker);
      quorumUnavailable(client.get(key, "?r=2"));
      quorumUnavailable(client.put(key, "no", "?sloppy=false"));
      assertThat(client.get(key, "?r=1").body()).isEqualTo("value " + worker);
      assertThat(client.get(safe, "?r=2").body()).isEqualTo("before");
    }

    up(2, 3);
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(
            () -> {
              Holdings holdings = Holdings.of(cluster, key);
              assertThat(holdings.hints()).isZero();
              assertThat(holdings.faults(Set.of(key))).isEmpty();
            });
    for (int worker : cluster.ids()) {
      assertThat(cluster.client(worker).get(key, "?r=3").body()).isEqualTo("value 1");
    }
  }

  /** The version that whoever stands in for an owner keeps. */
  private static String hintShown(KvClient client, String key) {
    JsonArray standIns = client.get("/ring/keys/" + key).json().getJsonArray("standIns");
    return standIns.getJsonObject(0).getString("version");
  }

  @Test
  void with_three_down_writes_are_refused_before_anything_is_sent() {
    String owned = cluster.key("three-", list -> list.isOwner(0, 3));
    String foreign = cluster.key("three-", list -> !list.isOwner(0, 3));
    assertThat(cluster.client(0).put(owned, "before", "?w=3").status()).isEqualTo(200);
    down(1, 2, 3);
    awaitUnreachable(0, Set.of(1, 2, 3));

    KvClient client = cluster.client(0);
    quorumUnavailable(client.put(owned, "no"));
    quorumUnavailable(client.put(foreign, "no"));
    quorumUnavailable(client.get(owned, ""));
    quorumUnavailable(client.get(foreign, "?r=1"));
    assertThat(client.get(owned, "?r=1").body()).isEqualTo("before");

    up(1, 2, 3);
    for (int worker : cluster.ids()) {
      assertThat(cluster.client(worker).get(owned, "").body()).isEqualTo("before");
      assertThat(cluster.client(worker).get(foreign, "").status()).isEqualTo(404);
    }
    assertThat(client.put(owned, "after").status()).isEqualTo(200);
    assertThat(cluster.client(1).get(owned, "").body()).isEqualTo("after");
  }

  private static void quorumUnavailable(KvClient.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("quorum_unavailable");
  }

  private static void down(int... workers) {
    for (int worker : workers) {
      cluster.kill9(worker);
    }
  }

  private static void up(int... workers) {
    for (int worker : workers) {
      cluster.start(worker);
    }
    cluster.awaitAllOnline();
  }

  private static void awaitUnreachable(int worker, Set<Integer> peers) {
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(() -> assertThat(cluster.unreachable(worker)).isEqualTo(peers));
  }
}
