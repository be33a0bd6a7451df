package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While one process hangs others die, and are started: nobody waits for the one that hangs. */
class HungNodeIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  /** So long is it one of Hazelcast's members still, and asked by all who join. */
  private static final Duration UNNOTICED = Duration.ofSeconds(1);

  @AfterEach
  void thaw() {
    ControlledCluster.signal(cluster.pid(3), "CONT");
  }

  @Test
  void a_worker_that_dies_is_back_while_another_one_hangs() {
    try (Load load = Load.on(cluster, "hung-", 0, 2)) {
      load.awaitProgress(300);
      hang();
      cluster.awaitStatus(3, "OFFLINE");
      isBackAfterItsDeath(1);
      History history = load.stop();
      thaw();
      cluster.awaitAllOnline();
      Readback.through(cluster, history, cluster.ids());
      assertThat(history.violations()).isEmpty();
    }
  }

  @Test
  void a_worker_that_dies_is_back_while_nobody_knows_yet_that_another_one_hangs() {
    hang();
    pass(UNNOTICED);
    isBackAfterItsDeath(1);
  }

  @Test
  void a_controller_that_dies_is_back_while_a_worker_hangs() {
    hang();
    pass(UNNOTICED);
    cluster.controller().kill9();
    cluster.controller().start();
    await("the controller is ready")
        .atMost(Cluster.PATIENCE)
        .until(() -> cluster.controllerClient().isOk("/health/ready"));
    cluster.awaitStatus(1, "ONLINE");
    cluster.awaitStatus(3, "OFFLINE");
  }

  private static void hang() {
    ControlledCluster.signal(cluster.pid(3), "STOP");
  }

  private static void isBackAfterItsDeath(int worker) {
    long killed = cluster.pid(worker);
    cluster.kill9(worker);
    cluster.awaitReborn(worker, killed);
    await("worker " + worker + " is ready")
        .atMost(Cluster.PATIENCE)
        .until(() -> cluster.client(worker).isOk("/health/ready"));
    assertThat(cluster.client(worker).put("back", "again").status()).isEqualTo(200);
  }

  private static void pass(Duration time) {
    await().atMost(Cluster.PATIENCE).pollDelay(time).until(() -> true);
  }
}
