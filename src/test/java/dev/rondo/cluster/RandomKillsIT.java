package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Anybody may be killed at any time, one after the other, the controller included. */
class RandomKillsIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  private static final int KILLS = 6;

  @Test
  void nothing_is_lost_rolled_back_or_left_different() {
    long seed = Long.getLong("rondo.kills.seed", System.nanoTime());
    System.out.println("rondo.kills.seed=" + seed);
    Random random = new Random(seed);
    try (Load load = Load.on(cluster, "kills-", 0, 1, 2, 3)) {
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitProgress(300 + random.nextInt(500));
        int victim = random.nextInt(ControlledCluster.WORKERS + 1);
        if (victim == ControlledCluster.WORKERS) {
          cluster.controller().kill9();
          load.awaitProgress(200);
          cluster.controller().start();
        } else {
          long killed = cluster.pid(victim);
          cluster.kill9(victim);
          cluster.awaitReborn(victim, killed);
        }
        cluster.awaitAllOnline();
      }
      Readback.afterHealing(cluster, "kills-", load.stop());
    }
    assertThat(cluster.workerProcesses()).hasSize(ControlledCluster.WORKERS);
  }
}
