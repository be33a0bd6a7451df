package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever dies comes back by itself, and whole. */
class SelfHealingIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  @Test
  void a_killed_worker_is_seen_at_once_and_is_back_with_all_of_its_copies() {
    try (UpdateFeed feed = new UpdateFeed(cluster.controllerPort());
        Load load = Load.on(cluster, "killed-", 0, 2, 3)) {
      load.awaitProgress(500);
      long pid = cluster.pid(1);
      cluster.kill9(1);
      feed.awaitUpdate(
          "worker 1 is shown OFFLINE",
          update -> "OFFLINE".equals(UpdateFeed.worker(update, 1).getString("status")));
      load.awaitProgress(1000);
      cluster.awaitStatus(1, "ONLINE");
      assertThat(cluster.pid(1)).isNotEqualTo(pid);
      load.awaitProgress(200);
      settlesWithoutFailure("killed-", load);
    }
  }

  @Test
  void a_frozen_worker_is_taken_for_dead_and_needs_no_restart_when_it_thaws() {
    try (Load load = Load.on(cluster, "frozen-", 0, 1, 3)) {
      load.awaitProgress(500);
      long pid = cluster.pid(2);
      ControlledCluster.signal(pid, "STOP");
      cluster.awaitStatus(2, "OFFLINE");
      load.awaitProgress(500);
      ControlledCluster.signal(pid, "CONT");
      cluster.awaitStatus(2, "ONLINE");
      assertThat(cluster.pid(2)).isEqualTo(pid);
      settlesWithoutFailure("frozen-", load);
    }
  }

  @Test
  void a_worker_whose_folder_is_wiped_gets_everything_back() throws IOException {
    List<String> keys = IntStream.range(0, 2000).mapToObj(i -> "wiped-" + i).toList();
    Crowd.forEach(
        keys,
        key ->
            assertThat(cluster.client(0).put(key, "value of " + key, "?w=3").status())
                .isEqualTo(200));
    cluster.kill9(3);
    await().until(() -> ProcessHandle.of(cluster.pid(3)).filter(ProcessHandle::isAlive).isEmpty());
    delete(cluster.folder(3).resolve("store"));
    await("the new store is filled")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Holdings.of(cluster, "wiped-").faults(keys)).isEmpty());
    cluster.awaitStatus(3, "ONLINE");
  }

  @Test
  void copies_that_differ_although_nobody_was_away_are_made_equal_on_demand() {
    int owner = cluster.owners("stray").iterator().next();
    int other = cluster.owners("stray").stream().filter(id -> id != owner).findFirst().orElse(-1);
    cluster.awaitSettled();
    Key key = Key.of("stray");
    Version version = Version.of(System.currentTimeMillis(), 0, owner);
    StoredRecord record = StoredRecord.live(key, version, "text/plain", Bytes.utf8("value"));
    StrayCopy.hand(owner, cluster.grpcPort(owner), cluster.name(), other, key, record);
    assertThat(Holdings.of(cluster, "stray").holders("stray")).containsExactly(owner);
    KvClient.Reply answer = cluster.controllerClient().post("/cluster/repair?worker=" + owner);
    assertThat(answer.status()).isEqualTo(202);
    String order = "repair " + answer.json().getLong("order") + ",";
    await()
        .atMost(Cluster.PATIENCE)
        .until(() -> cluster.controllerClient().get("/cluster/events").body().contains(order));
    assertThat(Holdings.of(cluster, "stray").faults(List.of("stray"))).isEmpty();
    assertThat(cluster.client(owner).get("/metrics").body())
        .containsPattern("rondo_repair_exchanges_total\\{by=\"trees\"\\} [1-9]");
  }

  private static void settlesWithoutFailure(String prefix, Load load) {
    History history = load.stop();
    assertThat(history.failures()).isEmpty();
    await("all copies are in place")
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

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
