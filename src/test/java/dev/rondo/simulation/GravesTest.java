package dev.rondo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What was deleted stays deleted, and its tombstones go; {@code -Drondo.graves=5000} runs more.
 * Failures name their seed, with which {@link Graves} does the same again.
 */
class GravesTest {

  private static final int SEEDS = 1_000;
  private static final int SEEDS_FOR_A_BUG = 400;

  @Test
  void nothing_that_was_deleted_comes_back_and_in_the_end_all_tombstones_are_gone() {
    List<String> failures = new ArrayList<>();
    long purged = 0;
    for (long seed = 1; seed <= Long.getLong("rondo.graves", SEEDS); seed++) {
      Graves graves = new Graves(seed, GraveBug.NONE);
      try {
        graves.run();
      } catch (Violation violation) {
        failures.add("seed " + seed + ": " + violation.getMessage());
      }
      purged += graves.purged();
    }
    assertThat(failures).isEmpty();
    assertThat(purged).as("purged tombstones").isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void a_planted_bug_is_found(GraveBug bug) {
    assertThat(LongStream.rangeClosed(1, SEEDS_FOR_A_BUG).anyMatch(seed -> isFound(bug, seed)))
        .as("found within %d seeds", SEEDS_FOR_A_BUG)
        .isTrue();
  }

  private static boolean isFound(GraveBug bug, long seed) {
    try {
      new Graves(seed, bug).run();
      return false;
    } catch (Violation violation) {
      return true;
    }
  }
}
