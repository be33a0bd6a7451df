package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More is asked for than can be done: all that happens is that it takes longer, or is refused. */
class OverloadIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  /** Nearly what is allowed. */
  private static final int LARGE_BYTES = 1_000_000;

  private static final int RESTLESS = 512;

  @Test
  void large_values_from_many_clients_take_turns() {
    Map<Integer, Long> before = pids();
    try (Load load = Load.large(cluster, "large-", LARGE_BYTES)) {
      load.awaitProgress(400);
      assertHonest("large-", load.stop());
    }
    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void clients_that_never_rest_are_answered_or_refused() {
    Map<Integer, Long> before = pids();
    try (Load load = Load.restless("restless-", cluster.urls(), RESTLESS)) {
      load.awaitProgress(20_000);
      assertHonest("restless-", load.stop());
      assertThat(load.brokenConnections()).isZero();
    }
    assertThat(pids()).isEqualTo(before);
    cluster.awaitAllOnline();
  }

  /** No outcome is unknown, nothing acknowledged is missing, and it gets everywhere. */
  private static void assertHonest(String prefix, History history) {
    assertThat(history.failures().keySet()).allMatch(reason -> reason.contains("overloaded"));
    assertThat(history.violations()).isEmpty();
    await("all copies are in place")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> assertThat(Holdings.of(cluster, prefix).faults(history.written())).isEmpty());
  }

  private static Map<Integer, Long> pids() {
    return cluster.ids().stream().collect(Collectors.toMap(id -> id, cluster::pid));
  }
}
