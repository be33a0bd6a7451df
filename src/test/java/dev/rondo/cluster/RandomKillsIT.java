package dev.rondo.cluster;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Anybody may be killed at any time, alone or two workers at once, the controller included. */
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
          kill(random.nextBoolean() ? Set.of(victim) : Set.of(victim, other(victim, random)));
        }
        cluster.awaitAllOnline();
      }
      Readback.afterHealing(cluster, "kills-", load.stop());
    }
    assertThat(cluster.workerProcesses()).hasSize(ControlledCluster.WORKERS);
  }

  private static int other(int victim, Random random) {
    return (victim + 1 + random.nextInt(ControlledCluster.WORKERS - 1)) % ControlledCluster.WORKERS;
  }

  private static void kill(Set<Integer> victims) {
    Map<Integer, Long> killed = victims.stream().collect(toMap(identity(), cluster::pid));
    victims.forEach(cluster::kill9);
    killed.forEach(cluster::awaitReborn);
  }
}
