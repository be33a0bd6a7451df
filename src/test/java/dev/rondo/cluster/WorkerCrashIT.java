package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of four workers is gone for a while, and clients of the others do not notice. */
class WorkerCrashIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  @Test
  void no_request_fails_on_the_others_when_a_worker_is_killed_and_comes_back() {
    try (Load load = Load.on(cluster, "crash-", 0, 1, 3)) {
      load.awaitProgress(1000);
      forget(load);
      cluster.kill9(2);
      load.awaitProgress(3000);
      print("kill -9", load);
      cluster.start(2);
      cluster.awaitOnline(2);
      load.awaitProgress(500);
      History history = load.stop();
      assertThat(history.failures()).isEmpty();
      everythingIsWhereItBelongs("crash-", history);
    }
  }

  @Test
  void no_request_fails_on_the_others_while_a_worker_is_frozen() {
    try (Load load = Load.on(cluster, "freeze-", 0, 2, 3)) {
      load.awaitProgress(1000);
      forget(load);
      cluster.stop(1);
      await().pollDelay(FIVE_SECONDS).until(() -> true);
      load.awaitProgress(500);
      print("SIGSTOP", load);
      cluster.cont(1);
      cluster.awaitOnline(1);
      load.awaitProgress(500);
      History history = load.stop();
      assertThat(history.failures()).isEmpty();
      everythingIsWhereItBelongs("freeze-", history);
    }
  }

  private static void forget(Load load) {
    load.latencies();
    load.longestGap();
  }

  private static void print(String fault, Load load) {
    Histogram micros = load.latencies();
    System.out.printf(
        Locale.ROOT,
        "%s: longest time without an answer %d ms, slowest request %.0f ms, p99 %.0f ms%n",
        fault,
        load.longestGap(),
        micros.getMaxValue() / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0);
  }

  /** The hints are delivered, and all that was acknowledged is on exactly its owners. */
  private static void everythingIsWhereItBelongs(String prefix, History history) {
    await()
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              Holdings holdings = Holdings.of(cluster, prefix);
              assertThat(holdings.hints()).as("hints").isZero();
              assertThat(holdings.faults(history.keys())).isEmpty();
            });
    Readback.through(cluster, history, cluster.ids());
    assertThat(history.violations()).isEmpty();
  }
}
