package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All workers stop, in one way or another, and start again. */
class RestartIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  @Test
  void everything_is_still_there_after_all_workers_were_restarted() {
    List<String> keys = IntStream.range(0, 200).mapToObj(i -> "restart-" + i).toList();
    for (String key : keys) {
      assertThat(cluster.client(key.length() % 4).put(key, "value of " + key).status())
          .isEqualTo(200);
    }
    assertThat(cluster.client(1).delete("restart-7").status()).isEqualTo(200);

    cluster.ids().forEach(cluster::terminate);
    cluster.ids().forEach(cluster::start);
    cluster.awaitAllOnline();

    for (int worker : cluster.ids()) {
      Crowd.forEach(keys, key -> isStillThere(worker, key));
    }
  }

  private static void isStillThere(int worker, String key) {
    KvClient.Reply reply = cluster.client(worker).get(key, "");
    if (key.equals("restart-7")) {
      assertThat(reply.status()).isEqualTo(404);
    } else {
      assertThat(reply.status()).as(key).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("value of " + key);
    }
  }

  @Test
  void everything_acknowledged_is_there_after_all_were_killed_while_writing() {
    try (Load load = Load.on(cluster, "kill-all-", 0, 1, 2, 3)) {
      load.awaitProgress(2000);
      cluster.kill9All();
      History history = load.stop();
      cluster.ids().forEach(cluster::start);
      cluster.awaitAllOnline();
      Readback.through(cluster, history, cluster.ids());
      assertThat(history.violations()).isEmpty();
    }
  }
}
