package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.PreferenceLists;
import dev.rondo.core.version.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes as stories: workers 0, 1, 2 own the key, 3 and 4 stand in, worker 0 coordinates. */
class WriteRoundTest {

  private static final PreferenceList FIVE = PreferenceLists.of(0, 1, 2, 3, 4);
  private static final PreferenceList FOUR = PreferenceLists.of(0, 1, 2, 3);
  private static final PreferenceList THREE = PreferenceLists.of(0, 1, 2);
  private static final Version LATER = Version.of(99, 0, 1);

  private final Set<Integer> down = new HashSet<>();
  private final Set<Integer> silent = new HashSet<>();

  // Everybody is well.

  @Test
  void copies_go_to_all_owners_at_once() {
    WriteRound round = round(FIVE, 2);
    assertThat(round.start()).containsExactly(direct(0), direct(1), direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void the_second_durable_copy_of_three_is_enough() {
    WriteRound round = started(FIVE, 2);
    round.stored(direct(0));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.replicas()).isEqualTo(2);
    assertThat(round.hinted()).isZero();
  }

  @Test
  void the_round_goes_on_behind_the_verdict_until_every_owner_has_it() {
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), direct(1));
    assertThat(round.isFinished()).isFalse();
    round.stored(direct(2));
    assertThat(round.isFinished()).isTrue();
    assertThat(round.isFullyReplicated()).isTrue();
    assertThat(round.copies()).isEqualTo(3);
  }

  @Test
  void an_acknowledgement_that_comes_twice_counts_once() {
    WriteRound round = started(FIVE, 2);
    stored(round, direct(1), direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  // One owner is down.

  @Test
  void the_copy_for_an_owner_that_is_down_goes_to_the_next_worker_as_a_hint() {
    down.add(1);
    assertThat(round(FIVE, 2).start()).containsExactly(direct(0), hint(3, 1), direct(2));
  }

  @Test
  void a_hint_does_not_count_while_the_owners_can_make_the_quorum() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.replicas()).isEqualTo(2);
    assertThat(round.hinted()).isZero();
    assertThat(round.copies()).isEqualTo(3);
  }

  @Test
  void a_hint_counts_once_another_owner_failed() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    assertThat(round.failed(direct(2))).containsExactly(hint(4, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(1);
  }

  @Test
  void a_hint_counts_for_an_owner_that_stays_silent_and_not_for_one_that_is_slow() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    for (int delay = 1; delay < Silence.HINTED_AFTER; delay++) {
      assertThat(round.hedge(1)).isEmpty();
    }
    assertThat(round.hedge(1)).containsExactly(hint(4, 2));
    stored(round, hint(4, 2));
    for (int delay = Silence.HINTED_AFTER; delay < Silence.COUNTED_AFTER; delay++) {
      assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
      assertThat(round.hedge(1)).isEmpty();
    }
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(2);
  }

  @Test
  void a_long_delay_counts_for_as_many_as_it_stands_for() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    round.hedge(Silence.COUNTED_AFTER - 1);
    stored(round, hint(4, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.hedge(2);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void silence_is_counted_also_where_no_more_hints_may_be_sent() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    round.keepWaiting(Silence.COUNTED_AFTER - 1);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.keepWaiting(1);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(1);
  }

  @Test
  void a_silent_owner_that_answers_after_all_makes_its_hint_superfluous() {
    WriteRound round = started(FIVE, 3);
    stored(round, direct(0), direct(1));
    assertThat(round.hedge(Silence.HINTED_AFTER)).containsExactly(hint(3, 2));
    round.stored(direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.failed(hint(3, 2))).isEmpty();
    assertThat(round.isFinished()).isTrue();
  }

  @Test
  void an_owner_that_fails_while_its_hint_is_under_way_gets_no_second_one() {
    WriteRound round = started(FIVE, 3);
    round.hedge(Silence.HINTED_AFTER);
    assertThat(round.failed(direct(2))).isEmpty();
  }

  @Test
  void a_hedge_leaves_owners_alone_that_have_a_hint_already() {
    down.add(1);
    WriteRound round = started(FIVE, 3);
    stored(round, direct(0), direct(2));
    assertThat(round.hedge(Silence.HINTED_AFTER)).isEmpty();
  }

  // Two owners are down.

  @Test
  void two_hints_at_one_stand_in_count_once() {
    down.addAll(List.of(1, 2));
    WriteRound round = round(FOUR, 3);
    assertThat(round.start()).containsExactly(direct(0), hint(3, 1), hint(3, 2));
    stored(round, direct(0), hint(3, 1), hint(3, 2));
    assertThat(round.replicas()).isEqualTo(2);
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  @Test
  void one_owner_and_one_stand_in_make_a_sloppy_quorum() {
    down.addAll(List.of(1, 2));
    WriteRound round = started(FOUR, 2);
    stored(round, direct(0), hint(3, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(1);
  }

  @Test
  void two_hints_go_to_two_stand_ins_where_there_are_two() {
    down.addAll(List.of(1, 2));
    assertThat(round(FIVE, 2).start()).containsExactly(direct(0), hint(3, 1), hint(4, 2));
  }

  @Test
  void all_three_have_to_confirm_where_w_is_three() {
    WriteRound round = started(FIVE, 3);
    stored(round, direct(0), direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(direct(2));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void a_stand_in_completes_a_w_of_three_at_once_when_an_owner_is_down() {
    down.add(1);
    WriteRound round = started(FIVE, 3);
    stored(round, direct(0), direct(2), hint(3, 1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.replicas()).isEqualTo(3);
    assertThat(round.hinted()).isEqualTo(1);
  }

  // An owner is silent, which says little.

  @Test
  void an_owner_that_is_silent_is_passed_over_while_the_others_can_make_it() {
    silent.add(1);
    assertThat(round(FIVE, 2).start()).containsExactly(direct(0), hint(3, 1), direct(2));
  }

  @Test
  void an_owner_that_is_silent_is_counted_on_where_the_others_are_too_few() {
    silent.add(1);
    down.add(2);
    WriteRound round = round(FIVE, 2);
    assertThat(round.isPossible()).isTrue();
    assertThat(round.start()).containsExactly(direct(0), direct(1), hint(3, 2));
    stored(round, direct(0), hint(3, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void an_owner_that_was_passed_over_is_sent_its_copy_when_another_one_fails() {
    silent.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    assertThat(round.failed(direct(2))).containsExactly(hint(4, 2), direct(1));
    stored(round, hint(4, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.stored(direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isZero();
  }

  @Test
  void hints_count_when_it_fails_as_well() {
    silent.add(1);
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), hint(3, 1));
    round.failed(direct(2));
    assertThat(round.failed(direct(1))).isEmpty();
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.hinted()).isEqualTo(1);
  }

  // Strict quorums.

  @Test
  void a_strict_write_counts_owners_only() {
    down.addAll(List.of(1, 2));
    WriteRound round = strict(FIVE, 2);
    assertThat(round.available()).isEqualTo(1);
    round.start();
    stored(round, hint(3, 1), hint(4, 2), direct(0));
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(round.replicas()).isEqualTo(1);
  }

  @Test
  void a_strict_write_still_leaves_hints() {
    down.add(1);
    assertThat(strict(FIVE, 2).start()).contains(hint(3, 1));
  }

  @Test
  void a_strict_write_is_not_hedged() {
    WriteRound round = strict(FIVE, 2);
    round.start();
    round.stored(direct(0));
    assertThat(round.hedge(Silence.HINTED_AFTER)).isEmpty();
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  // Hints that fail.

  @Test
  void a_hint_that_fails_goes_to_the_next_stand_in_and_at_last_to_the_coordinator() {
    down.add(1);
    WriteRound round = started(FIVE, 2);
    assertThat(round.failed(hint(3, 1))).containsExactly(hint(4, 1));
    assertThat(round.failed(hint(4, 1))).containsExactly(hint(0, 1));
    assertThat(round.failed(hint(0, 1))).isEmpty();
  }

  @Test
  void without_stand_ins_the_coordinator_keeps_the_hint_and_it_does_not_count() {
    down.add(1);
    WriteRound round = round(THREE, 3);
    assertThat(round.start()).containsExactly(direct(0), hint(0, 1), direct(2));
    stored(round, direct(0), direct(2), hint(0, 1));
    assertThat(round.replicas()).isEqualTo(2);
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  @Test
  void a_stand_in_that_is_down_itself_is_passed_over() {
    down.addAll(List.of(1, 3));
    assertThat(round(FIVE, 2).start()).contains(hint(4, 1));
  }

  @Test
  void a_coordinator_that_cannot_store_its_own_copy_leaves_a_hint_for_itself() {
    WriteRound round = started(FIVE, 2);
    assertThat(round.failed(direct(0))).containsExactly(hint(3, 0));
  }

  @Test
  void a_copy_that_fails_twice_is_replaced_once() {
    WriteRound round = started(FIVE, 2);
    assertThat(round.failed(direct(1))).hasSize(1);
    assertThat(round.failed(direct(1))).isEmpty();
  }

  // Something newer is held.

  @Test
  void a_replica_that_holds_something_newer_supersedes_the_write() {
    WriteRound round = started(FIVE, 2);
    round.stored(direct(0));
    round.newer(direct(1), LATER);
    assertThat(round.verdict()).isEqualTo(Verdict.SUPERSEDED);
    assertThat(round.newest()).isEqualTo(LATER);
  }

  @Test
  void a_superseded_write_leaves_no_more_hints() {
    WriteRound round = started(FIVE, 2);
    round.newer(direct(1), LATER);
    assertThat(round.failed(direct(2))).isEmpty();
    assertThat(round.isFinished()).isFalse();
  }

  @Test
  void something_newer_behind_the_verdict_does_not_take_it_back() {
    WriteRound round = started(FIVE, 2);
    stored(round, direct(0), direct(1));
    round.newer(direct(2), LATER);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.isFinished()).isTrue();
    assertThat(round.isFullyReplicated()).isFalse();
  }

  @Test
  void a_superseded_write_stays_superseded_whoever_stores_it_later() {
    WriteRound round = started(FIVE, 2);
    round.newer(direct(2), LATER);
    stored(round, direct(0), direct(1));
    assertThat(round.verdict()).isEqualTo(Verdict.SUPERSEDED);
  }

  // Answers that come late, or never.

  @Test
  void an_answer_that_comes_after_its_time_still_counts() {
    WriteRound round = started(FIVE, 2);
    round.failed(direct(1));
    round.stored(direct(1));
    round.stored(direct(0));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.replicas()).isEqualTo(2);
  }

  @Test
  void a_write_that_cannot_make_the_quorum_any_more_is_given_up_at_once() {
    WriteRound round = started(THREE, 2);
    assertThat(round.failed(direct(1))).containsExactly(hint(0, 1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    assertThat(round.failed(direct(2))).containsExactly(hint(0, 2));
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(round.isFinished()).isFalse();
  }

  // Before anything is sent.

  @Test
  void stand_ins_are_available_to_a_sloppy_write() {
    down.addAll(List.of(1, 2));
    assertThat(round(FIVE, 2).available()).isEqualTo(3);
    assertThat(round(THREE, 2).available()).isEqualTo(1);
  }

  @Test
  void the_coordinator_is_always_available_to_itself() {
    down.addAll(List.of(0, 1, 2, 3, 4));
    assertThat(round(FIVE, 1).available()).isEqualTo(1);
    assertThat(round(FIVE, 1).start()).contains(direct(0));
  }

  @Test
  void only_an_owner_coordinates() {
    assertThatThrownBy(() -> new WriteRound(FIVE, Requirements.of(3, 2), true, 4, worker -> true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private WriteRound started(PreferenceList preference, int w) {
    WriteRound round = round(preference, w);
    round.start();
    return round;
  }

  private WriteRound round(PreferenceList preference, int w) {
    return new WriteRound(preference, Requirements.of(3, w), true, 0, new Opinion(down, silent));
  }

  private WriteRound strict(PreferenceList preference, int w) {
    return new WriteRound(preference, Requirements.of(3, w), false, 0, new Opinion(down, silent));
  }

  private static void stored(WriteRound round, Copy... copies) {
    for (Copy copy : copies) {
      round.stored(copy);
    }
  }

  private static Copy direct(int owner) {
    return new Copy(owner, owner);
  }

  private static Copy hint(int holder, int owner) {
    return new Copy(holder, owner);
  }
}
