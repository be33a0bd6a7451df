package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.ring.PreferenceList;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One owner of a key answers, but late. */
class SlowOwnerIT {
  private static final int SLOW = 2;

  @RegisterExtension
  static final Cluster cluster = Cluster.of(4).slow(SLOW, Duration.ofMillis(200));

  @Test
  void a_write_does_not_wait_for_the_slow_owner_which_gets_its_copy_later() {
    List<String> keys =
        IntStream.range(0, 20)
            .mapToObj(i -> cluster.key("slow-" + i + "-", SlowOwnerIT::isOwnedByTheSlowOne))
            .toList();
    for (String key : keys) {
      int quick =
          cluster.preferenceList(key).owners(3).stream()
              .filter(w -> w != SLOW)
              .findFirst()
              .orElseThrow();
      KvClient.Reply put = cluster.client(quick).put(key, "value");
      assertThat(put.status()).as(put.body()).isEqualTo(200);
      assertThat(put.json().getInteger("replicas")).isGreaterThanOrEqualTo(2);
      assertThat(put.json().getString("note")).isNotEqualTo("fully_replicated");
    }
    await()
        .atMost(Cluster.PATIENCE)
        .untilAsserted(() -> assertThat(Holdings.of(cluster, "slow-").faults(keys)).isEmpty());
    for (String key : keys) {
      assertThat(Holdings.of(cluster, key).holders(key)).contains(SLOW);
      assertThat(cluster.client(SLOW).get(key, "").body()).isEqualTo("value");
    }
  }

  private static boolean isOwnedByTheSlowOne(PreferenceList list) {
    return Set.copyOf(list.owners(3)).contains(SLOW);
  }
}
