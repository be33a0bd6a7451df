package dev.rondo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of clusters, each from its seed. A failure names the seed; {@code -Drondo.seed=17} runs
 * that one again and writes what happened to {@code target/simulation/}. {@code -Drondo.seeds=5000}
 * runs more of them, {@code -Drondo.firstSeed=1000} others.
 */
class SimulationTest {

  private static final int SEEDS = 616;

  @Test
  void nothing_acknowledged_is_lost_or_shadowed_whatever_fails() throws IOException {
    List<String> failures = new ArrayList<>();
    long writes = 0;
    long reads = 0;
    long changes = 0;
    for (long seed : seeds()) {
      Simulation simulation = new Simulation(seed, Bug.NONE, false);
      try {
        simulation.run();
      } catch (Violation | RuntimeException violation) {
        failures.add(replay(seed));
      }
      writes += simulation.history().acknowledgedWrites();
      reads += simulation.history().reads();
      changes += simulation.changes();
    }
    assertThat(failures).isEmpty();
    assertThat(writes).as("acknowledged writes").isPositive();
    assertThat(reads).as("reads").isPositive();
    assertThat(changes)
        .as("changes of the quorums")
        .isGreaterThanOrEqualTo(seeds().length / Scenario.Kind.values().length);
  }

  private static long[] seeds() {
    Long only = Long.getLong("rondo.seed");
    long first = Long.getLong("rondo.firstSeed", 1);
    return only != null
        ? new long[] {only}
        : LongStream.range(first, first + Long.getLong("rondo.seeds", SEEDS)).toArray();
  }

  /** Runs a seed again, this time with a trace. */
  private static String replay(long seed) throws IOException {
    Simulation simulation = new Simulation(seed, Bug.NONE, true);
    String what = "did not fail again: something is not deterministic";
    try {
      simulation.run();
    } catch (Violation | RuntimeException violation) {
      what = violation.toString();
      simulation.trace().add(what);
    }
    Path file = Path.of("target", "simulation", "seed-" + seed + ".txt");
    Files.createDirectories(file.getParent());
    Files.write(file, simulation.trace().lines());
    return "seed %d: %s (trace in %s)".formatted(seed, what, file);
  }
}
