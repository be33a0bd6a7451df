package dev.rondo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds what it is there to find. */
class PlantedBugsTest {

  private static final int SEEDS = 300;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_planted_bug_is_found(Bug bug) {
    assertThat(LongStream.rangeClosed(1, SEEDS).anyMatch(seed -> isFound(bug, seed)))
        .as("found within %d seeds", SEEDS)
        .isTrue();
  }

  private static boolean isFound(Bug bug, long seed) {
    try {
      new Simulation(seed, bug, false).run();
      return false;
    } catch (Violation violation) {
      return true;
    }
  }
}
