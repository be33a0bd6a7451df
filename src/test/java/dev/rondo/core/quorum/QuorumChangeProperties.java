package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.quorum.QuorumChange.Bug;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A read meets every write that was acknowledged before it, at any moment of a change. */
class QuorumChangeProperties {

  @Property(tries = 4_000)
  void a_read_meets_what_was_acknowledged_by_the_former_the_joint_or_the_new_rules(
      @ForAll long seed) {
    QuorumChange change = new QuorumChange(seed, Bug.NONE);
    assertThat(change.isSound()).as(change.toString()).isTrue();
  }

  @Example
  void there_are_reads_to_check() {
    QuorumChange change = new QuorumChange(1, Bug.NONE);
    assertThat(change.isSound()).isTrue();
    assertThat(change.checked()).isPositive();
  }

  @Example
  void counting_only_the_new_quorums_is_found_out() {
    assertThat(isFoundOut(Bug.COUNTS_ONLY_THE_NEW_QUORUMS)).isTrue();
  }

  @Example
  void answering_a_write_by_rules_that_are_no_more_in_force_is_found_out() {
    assertThat(isFoundOut(Bug.ANSWERS_BY_OUTDATED_RULES)).isTrue();
  }

  private static boolean isFoundOut(Bug bug) {
    return LongStream.range(0, 500).anyMatch(seed -> !new QuorumChange(seed, bug).isSound());
  }
}
