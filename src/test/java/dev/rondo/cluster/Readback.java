package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Reads at the end what a load has written. */
final class Readback {

  private Readback() {}

  /** Reads every key once through each of the workers and adds that to the history. */
  static void through(Nodes cluster, History history, List<Integer> workers) {
    for (String key : history.keys()) {
      for (int worker : workers) {
        History.Operation read = history.read(key, System.nanoTime());
        KvClient.Reply reply = cluster.client(worker).get(key, "");
        assertThat(reply.status()).as("reading %s at worker %d", key, worker).isIn(200, 404);
        read.ok(reply.status() == 200 ? reply.body() : null, System.nanoTime());
      }
    }
  }
}
