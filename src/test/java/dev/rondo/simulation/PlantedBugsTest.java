package dev.rondo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds what it is there to find. */
class PlantedBugsTest {

  private static final int RUNS = 1_000;

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "TAKES_THE_SILENT_FOR_DEAD", "TRUSTS_WHO_IS_BEHIND"})
  void a_planted_bug_is_found(Bug bug) {
    assertThat(LongStream.range(0, RUNS).anyMatch(seed -> isFound(bug, seed)))
        .as("found within %d runs", RUNS)
        .isTrue();
  }

  /** It takes many faults at a time, and a reader at the right moment. */
  @ParameterizedTest
  @EnumSource(names = {"TAKES_THE_SILENT_FOR_DEAD", "TRUSTS_WHO_IS_BEHIND"})
  void a_bug_that_shows_on_busy_machines_is_found_there(Bug bug) {
    LongStream busy =
        LongStream.iterate(0, seed -> seed + 1)
            .filter(seed -> Scenario.Kind.of(seed) == Scenario.Kind.BUSY)
            .limit(RUNS);
    assertThat(busy.anyMatch(seed -> isFound(bug, seed))).as("found within %d runs", RUNS).isTrue();
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
