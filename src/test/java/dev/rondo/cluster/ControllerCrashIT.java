package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The controller may die, or sleep, and nobody's data suffers. */
class ControllerCrashIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  @Test
  void clients_do_not_notice_its_death_and_its_successor_adopts_the_running_workers() {
    List<Long> pids = cluster.pids();
    try (Load load = Load.on(cluster, "headless-", 0, 1, 2, 3)) {
      load.awaitProgress(500);
      cluster.controller().kill9();
      load.awaitProgress(3000);
      cluster.controller().start();
      cluster.awaitAllOnline();
      load.awaitProgress(500);
      assertThat(load.stop().failures()).isEmpty();
    }
    assertThat(cluster.pids()).isEqualTo(pids);
    assertThat(cluster.workerProcesses()).hasSize(ControlledCluster.WORKERS);
  }

  @Test
  void after_a_pause_it_takes_nobody_for_dead() {
    long last = lastEvent();
    cluster.controller().signal("STOP");
    pass(Duration.ofSeconds(12));
    cluster.controller().signal("CONT");
    cluster.awaitAllOnline();
    pass(Duration.ofSeconds(4));

    assertThat(kindsSince(last)).doesNotContain("worker_offline", "process_died");
  }

  @Test
  void everything_acknowledged_is_there_after_the_whole_machine_went_down() {
    try (Load load = Load.on(cluster, "blackout-", 0, 1, 2, 3)) {
      load.awaitProgress(1000);
      cluster.killAll();
      History history = load.stop();
      cluster.controller().start();
      cluster.awaitAllOnline();
      Readback.through(cluster, history, cluster.ids());
      assertThat(history.violations()).isEmpty();
    }
  }

  @Test
  void a_clean_stop_ends_also_a_worker_that_hangs() {
    ControlledCluster.signal(cluster.pid(2), "STOP");

    assertThat(cluster.controller().terminate()).isZero();
    assertThat(cluster.workerProcesses()).isEmpty();
  }

  /** It reads its state from a pipe into which nobody writes. */
  @Test
  void a_clean_stop_leaves_no_process_behind_not_even_of_a_controller_that_hangs_at_its_start()
      throws Exception {
    assertThat(cluster.controller().terminate()).isZero();
    assertThat(cluster.workerProcesses()).isEmpty();
    Path state = cluster.folder().resolve("cluster.json");
    Path aside = state.resolveSibling("aside.json");
    Files.move(state, aside);
    assertThat(new ProcessBuilder("mkfifo", state.toString()).start().waitFor()).isZero();
    try {
      cluster.controller().start();
      await()
          .atMost(Cluster.PATIENCE)
          .until(() -> cluster.workerProcesses().size() == ControlledCluster.WORKERS);

      assertThat(cluster.controller().terminate()).isEqualTo(1);
      assertThat(cluster.workerProcesses()).isEmpty();
    } finally {
      Files.move(aside, state, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void pass(Duration time) {
    await().atMost(Cluster.PATIENCE).pollDelay(time).until(() -> true);
  }

  private static long lastEvent() {
    JsonArray events = cluster.state().getJsonArray("events");
    return events.isEmpty() ? 0 : events.getJsonObject(0).getLong("seq");
  }

  private static List<String> kindsSince(long seq) {
    JsonObject log = cluster.controllerClient().get("/cluster/events?since=" + seq).json();
    return log.getJsonArray("events").stream()
        .map(event -> ((JsonObject) event).getString("kind"))
        .toList();
  }
}
