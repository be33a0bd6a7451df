package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was deleted while a worker was away, and nobody could keep hints for it. */
class DeletedKeysIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4).set("hints.windowSeconds", 1);

  private static final int KEYS = 2_000;
  private static final int ABSENT = 2;

  @Test
  void no_deleted_key_comes_back_with_a_worker_that_missed_the_deletions_and_the_hints() {
    List<String> keys = IntStream.range(0, KEYS).mapToObj("gone/%04d"::formatted).toList();
    Crowd.forEach(
        keys, key -> assertThat(cluster.client(0).put(key, key, "?w=3").status()).isEqualTo(200));
    List<String> deleted = every(keys, i -> i % 4 != 0);
    List<String> kept = every(keys, i -> i % 4 == 0);

    cluster.terminate(ABSENT);
    Crowd.forEach(
        deleted, key -> assertThat(cluster.client(1).delete(key).status()).isEqualTo(200));
    await().atMost(Cluster.PATIENCE).until(DeletedKeysIT::hintsAreDropped);
    cluster.start(ABSENT);

    neverFoundUntilOnline(deleted);
    for (int worker : cluster.ids()) {
      Crowd.forEach(
          deleted,
          key ->
              assertThat(cluster.client(worker).get(key, "").status())
                  .as("%s at worker %d", key, worker)
                  .isEqualTo(404));
      assertThat(listed(worker)).isEqualTo(kept);
    }
    await().atMost(Cluster.PATIENCE).untilAsserted(() -> nobodyHolds(deleted));
  }

  private static List<String> every(List<String> keys, IntPredicate which) {
    return IntStream.range(0, keys.size()).filter(which).mapToObj(keys::get).toList();
  }

  private static boolean hintsAreDropped() {
    long dropped = 0;
    for (int worker : cluster.ids()) {
      if (worker != ABSENT) {
        JsonObject hints = cluster.node(worker).getJsonObject("hints");
        if (hints.getLong("total") > 0) {
          return false;
        }
        dropped += hints.getLong("dropped");
      }
    }
    return dropped > KEYS / 2;
  }

  /** Reads through everyone, also through the one that came back as soon as it answers. */
  private static void neverFoundUntilOnline(List<String> deleted) {
    int next = 0;
    do {
      for (int i = 0; i < 10; i++) {
        String key = deleted.get(next++ % deleted.size());
        cluster.ids().forEach(worker -> neverFound(worker, key));
      }
    } while (!isOnline());
  }

  private static void neverFound(int worker, String key) {
    try {
      int status = cluster.client(worker).get(key, "").status();
      assertThat(status == 404 || (worker == ABSENT && status >= 500))
          .as("%s at worker %d is %d", key, worker, status)
          .isTrue();
    } catch (UncheckedIOException notListening) {
      assertThat(worker).isEqualTo(ABSENT);
    }
  }

  private static boolean isOnline() {
    return cluster.client(ABSENT).isOk("/health/ready")
        && "ONLINE".equals(cluster.node(ABSENT).getString("status"));
  }

  private static List<String> listed(int worker) {
    return cluster.client(worker).stream("/kv?prefix=gone/")
        .body()
        .lines()
        .map(line -> new JsonObject(line).getString("key"))
        .toList();
  }

  /** Not even for one who asks a single worker for what it has itself. */
  private static void nobodyHolds(List<String> deleted) {
    for (int worker : cluster.ids()) {
      List<String> held = new ArrayList<>();
      String cursor = "";
      do {
        JsonObject page =
            cluster.client(worker).get("/node/keys?prefix=gone/&limit=1000" + cursor).json();
        JsonArray items = page.getJsonArray("items");
        items.forEach(item -> held.add(((JsonObject) item).getString("key")));
        cursor = page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
      } while (!cursor.isEmpty());
      assertThat(held).as("held by worker %d", worker).doesNotContainAnyElementsOf(deleted);
    }
  }
}
