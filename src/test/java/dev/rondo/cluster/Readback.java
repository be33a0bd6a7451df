package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** Reads at the end what a load has written. */
final class Readback {

  private Readback() {}

  /**
   * Waits until everything written under the prefix is on exactly its owners, reads it through
   * every worker, and finds nothing wrong in the history.
   */
  static void afterHealing(Nodes cluster, String prefix, History history) {
    await("all copies are in place")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> assertThat(Holdings.of(cluster, prefix).faults(history.keys())).isEmpty());
    through(cluster, history, cluster.ids());
    assertThat(history.violations()).isEmpty();
  }

  /** Reads every key once through each of the workers and adds that to the history. */
  static void through(Nodes cluster, History history, List<Integer> workers) {
    Crowd.forEach(
        history.keys(), key -> workers.forEach(worker -> read(cluster, history, key, worker)));
  }

  private static void read(Nodes cluster, History history, String key, int worker) {
    History.Operation read;
    synchronized (history) {
      read = history.read(key, System.nanoTime());
    }
    KvClient.Reply reply = cluster.client(worker).get(key, "");
    assertThat(reply.status()).as("reading %s at worker %d", key, worker).isIn(200, 404);
    synchronized (history) {
      read.ok(reply.status() == 200 ? reply.body() : null, System.nanoTime());
    }
  }
}
