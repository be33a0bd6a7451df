package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.quorum.ReadRound.Ask;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.PreferenceLists;
import dev.rondo.core.version.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rounds that satisfy two quorums at once, as stories: worker i has rank i, 0 coordinates. */
class JointRoundsTest {

  private static final PreferenceList FIVE = PreferenceLists.of(0, 1, 2, 3, 4);
  private static final Version OLD = Version.of(10, 0, 1);
  private static final Version NEW = Version.of(20, 0, 1);

  private final Set<Integer> down = new HashSet<>();

  // Writes.

  @Test
  void copies_go_to_the_owners_under_the_larger_n() {
    assertThat(write(both(3, 2, 2, 2)).start()).extracting(Copy::owner).containsExactly(0, 1, 2);
    assertThat(write(both(2, 2, 3, 2)).start()).extracting(Copy::owner).containsExactly(0, 1, 2);
  }

  @Test
  void a_write_waits_for_both_quorums() {
    WriteRound round = started(both(3, 2, 2, 2));
    stored(round, direct(0), direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    assertThat(round.lacking()).isEqualTo(new Requirement(2, 2));
    assertThat(round.confirmed()).isEqualTo(1);
    round.stored(direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void a_write_is_out_of_reach_as_soon_as_one_of_the_quorums_is() {
    WriteRound round = write(both(4, 2, 2, 2), false);
    round.start();
    stored(round, direct(0), direct(2));
    round.failed(direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  @Test
  void a_stand_in_is_behind_the_larger_n() {
    down.add(1);
    assertThat(write(both(3, 2, 2, 2)).start()).contains(new Copy(3, 1));
  }

  @Test
  void a_hint_counts_for_the_quorums_whose_owner_it_is_for() {
    down.addAll(Set.of(1, 2));
    WriteRound round = started(both(3, 2, 2, 2));
    stored(round, direct(0), new Copy(4, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(new Copy(3, 1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(2);
  }

  @Test
  void a_hint_does_not_count_for_a_quorum_that_its_owners_can_make() {
    down.add(2);
    WriteRound round = started(both(3, 3, 2, 2));
    stored(round, direct(0), new Copy(3, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void a_write_is_not_begun_when_the_former_quorum_lacks_workers() {
    down.addAll(Set.of(1, 3, 4));
    WriteRound round = write(both(3, 2, 2, 2));
    assertThat(round.isPossible()).isFalse();
    assertThat(round.scarcest()).isEqualTo(twoOfTwo());
    assertThat(round.available()).isEqualTo(1);
  }

  @Test
  void silent_owners_of_either_quorum_are_hedged() {
    WriteRound round = started(both(3, 2, 2, 2));
    assertThat(round.hedge(Silence.HINTED_AFTER)).containsExactly(new Copy(3, 1), new Copy(4, 2));
  }

  // Reads.

  @Test
  void a_read_asks_no_more_than_both_quorums_need() {
    assertThat(read(both(3, 2, 2, 2)).start()).containsExactly(value(0), digest(1));
    assertThat(read(both(2, 1, 3, 2)).start()).containsExactly(value(0), digest(1));
    assertThat(read(both(5, 3, 2, 1)).start()).containsExactly(value(0), digest(1), digest(2));
  }

  @Test
  void a_new_owner_alone_never_decides_that_there_is_nothing() {
    ReadRound round = read(both(3, 1, 2, 1));
    round.start();
    round.hedge();
    round.failed(value(0));
    round.answered(digest(2), Version.NONE, true);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void an_owner_that_fails_is_replaced_by_one_that_helps() {
    down.add(1);
    ReadRound round = read(both(3, 2, 2, 1));
    assertThat(round.start()).containsExactly(value(0), digest(2));
    assertThat(round.failed(value(0))).containsExactly(value(1));
    round.answered(digest(2), OLD, true);
    round.answered(value(1), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void a_read_is_out_of_reach_as_soon_as_one_of_the_quorums_is() {
    ReadRound round = read(both(4, 2, 2, 2));
    round.start();
    round.failed(digest(1));
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  @Test
  void a_read_with_one_former_owner_of_two_down_is_not_begun() {
    down.add(1);
    ReadRound round = read(both(4, 2, 2, 2));
    assertThat(round.isPossible()).isFalse();
    assertThat(round.scarcest()).isEqualTo(twoOfTwo());
    assertThat(round.available()).isEqualTo(1);
  }

  @Test
  void owners_that_are_behind_under_the_larger_n_are_repaired_too() {
    ReadRound round = read(both(3, 3, 2, 2));
    round.start();
    round.answered(value(0), NEW, true);
    round.answered(digest(1), NEW, true);
    round.answered(digest(2), Version.NONE, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.stale()).containsExactly(2);
  }

  private static Requirement twoOfTwo() {
    return new Requirement(2, 2);
  }

  /** The new quorum, then the former one. */
  private static Requirements both(int n, int required, int formerN, int formerRequired) {
    return Requirements.of(new Requirement(n, required), new Requirement(formerN, formerRequired));
  }

  private WriteRound started(Requirements requirements) {
    WriteRound round = write(requirements);
    round.start();
    return round;
  }

  private WriteRound write(Requirements requirements) {
    return write(requirements, true);
  }

  private WriteRound write(Requirements requirements, boolean sloppy) {
    return new WriteRound(FIVE, requirements, sloppy, 0, worker -> !down.contains(worker));
  }

  private ReadRound read(Requirements requirements) {
    return new ReadRound(FIVE, requirements, 0, worker -> !down.contains(worker), worker -> false);
  }

  private static void stored(WriteRound round, Copy... copies) {
    List.of(copies).forEach(round::stored);
  }

  private static Copy direct(int owner) {
    return new Copy(owner, owner);
  }

  private static Ask value(int worker) {
    return new Ask(worker, true);
  }

  private static Ask digest(int worker) {
    return new Ask(worker, false);
  }
}
