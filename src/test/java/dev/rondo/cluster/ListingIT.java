package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The keys of the whole cluster in order, also while a worker is missing. */
class ListingIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  @Test
  void every_live_key_is_listed_once_by_every_worker_also_with_one_down() {
    List<String> keys = new ArrayList<>();
    for (int i : IntStream.range(0, 400).toArray()) {
      String key = "list/%03d".formatted(i);
      assertThat(cluster.client(i % 4).put(key, "value " + i).status()).isEqualTo(200);
      if (i % 10 == 3) {
        assertThat(cluster.client(1).delete(key).status()).isEqualTo(200);
      } else {
        keys.add(key);
      }
    }
    for (int worker : cluster.ids()) {
      assertThat(paged(worker, "list/", 37)).isEqualTo(keys);
    }

    cluster.kill9(2);

    for (int worker : List.of(0, 1, 3)) {
      assertThat(paged(worker, "list/", 100)).isEqualTo(keys);
      assertThat(streamed(worker, "list/")).isEqualTo(keys);
    }
  }

  private static List<String> paged(int worker, String prefix, int limit) {
    List<String> keys = new ArrayList<>();
    String cursor = "";
    do {
      String path = "/kv?prefix=" + prefix + "&limit=" + limit + cursor;
      JsonObject page = cluster.client(worker).get(path).json();
      JsonArray items = page.getJsonArray("items");
      IntStream.range(0, items.size())
          .forEach(i -> keys.add(items.getJsonObject(i).getString("key")));
      cursor = page.getString("next") == null ? "" : "&cursor=" + page.getString("next");
    } while (!cursor.isEmpty());
    return keys;
  }

  private static List<String> streamed(int worker, String prefix) {
    return cluster.client(worker).stream("/kv?values=true&prefix=" + prefix)
        .body()
        .lines()
        .map(line -> new JsonObject(line).getString("key"))
        .toList();
  }
}
