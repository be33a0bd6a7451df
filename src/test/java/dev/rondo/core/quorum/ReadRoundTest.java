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

/** Reads as stories: workers 0, 1, 2 own the key, worker 3 does not, worker 0 coordinates. */
class ReadRoundTest {

  private static final PreferenceList PREFERENCE = PreferenceLists.of(0, 1, 2, 3);
  private static final Version OLD = Version.of(10, 0, 1);
  private static final Version NEW = Version.of(20, 0, 1);

  private final Set<Integer> down = new HashSet<>();
  private final Set<Integer> silent = new HashSet<>();
  private final Set<Integer> behind = new HashSet<>();

  // Everybody is well.

  @Test
  void the_coordinator_gives_the_value_and_one_other_owner_a_digest() {
    assertThat(round(2).start()).containsExactly(value(0), digest(1));
  }

  @Test
  void of_equals_the_next_one_by_number_is_asked_whatever_its_rank() {
    PreferenceList preference = PreferenceLists.of(0, 3, 2, 1);
    assertThat(round(preference, 2, 2).start()).containsExactly(value(2), digest(3));
    assertThat(round(preference, 3, 2).start()).containsExactly(value(3), digest(0));
    assertThat(round(preference, 0, 2).start()).containsExactly(value(0), digest(2));
    silent.add(2);
    assertThat(round(preference, 0, 2).start()).containsExactly(value(0), digest(3));
  }

  @Test
  void a_read_of_one_asks_the_coordinator_alone() {
    ReadRound round = round(1);
    assertThat(round.start()).containsExactly(value(0));
    round.answered(value(0), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void the_answer_is_complete_when_the_digest_agrees_with_the_value() {
    ReadRound round = started(2);
    round.answered(value(0), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    assertThat(round.answered(digest(1), NEW, true)).isEmpty();
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.isFinished()).isTrue();
    assertThat(round.stale()).isEmpty();
  }

  @Test
  void a_digest_that_is_first_waits_for_the_value() {
    ReadRound round = started(2);
    assertThat(round.answered(digest(1), NEW, true)).isEmpty();
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void nothing_anywhere_is_an_answer() {
    ReadRound round = started(2);
    round.answered(value(0), Version.NONE, true);
    round.answered(digest(1), Version.NONE, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.newest().exists()).isFalse();
    assertThat(round.stale()).isEmpty();
  }

  // Owners differ.

  @Test
  void a_digest_newer_than_the_value_has_its_value_fetched() {
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    assertThat(round.answered(digest(1), NEW, true)).containsExactly(value(1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.answered(value(1), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.stale()).containsExactly(0);
  }

  @Test
  void a_digest_older_than_the_value_is_answered_at_once_and_repaired() {
    ReadRound round = started(2);
    round.answered(value(0), NEW, true);
    round.answered(digest(1), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.stale()).containsExactly(1);
  }

  @Test
  void an_owner_without_the_key_is_stale_as_well() {
    ReadRound round = started(2);
    round.answered(value(0), NEW, true);
    round.answered(digest(1), Version.NONE, true);
    assertThat(round.stale()).containsExactly(1);
  }

  @Test
  void a_value_that_became_newer_meanwhile_is_taken_as_it_is() {
    ReadRound round = started(2);
    round.answered(value(0), Version.NONE, true);
    round.answered(digest(1), OLD, true);
    round.answered(value(1), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.newest()).isEqualTo(NEW);
  }

  @Test
  void when_the_holder_of_the_newest_fails_another_holder_is_asked() {
    ReadRound round = started(3);
    round.answered(value(0), OLD, true);
    round.answered(digest(1), NEW, true);
    assertThat(round.answered(digest(2), NEW, true)).containsExactly(value(1));
    assertThat(round.failed(value(1))).containsExactly(value(2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void when_no_known_holder_of_the_newest_is_left_the_last_owner_is_asked() {
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    round.answered(digest(1), NEW, true);
    assertThat(round.failed(value(1))).containsExactly(value(2));
    round.answered(value(2), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  // Owners are away.

  @Test
  void an_owner_that_fails_is_replaced_by_the_next_one() {
    ReadRound round = started(2);
    assertThat(round.failed(digest(1))).containsExactly(digest(2));
  }

  @Test
  void a_value_that_fails_is_asked_of_the_next_owner() {
    ReadRound round = started(2);
    assertThat(round.failed(value(0))).containsExactly(value(2));
  }

  @Test
  void owners_that_are_suspected_are_asked_last() {
    down.add(1);
    ReadRound round = round(2);
    assertThat(round.start()).containsExactly(value(0), digest(2));
    assertThat(round.failed(digest(2))).containsExactly(digest(1));
  }

  @Test
  void a_read_that_cannot_have_enough_answers_any_more_is_given_up_at_once() {
    ReadRound round = started(2);
    round.failed(value(0));
    round.failed(digest(1));
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(round.isFinished()).isFalse();
  }

  @Test
  void owners_out_of_reach_are_not_available() {
    down.addAll(List.of(0, 1, 3));
    assertThat(round(2).available()).isEqualTo(2);
  }

  @Test
  void a_failure_that_is_reported_twice_is_replaced_once() {
    ReadRound round = started(2);
    assertThat(round.failed(digest(1))).hasSize(1);
    assertThat(round.failed(digest(1))).isEmpty();
  }

  @Test
  void an_answer_that_comes_after_its_time_still_counts() {
    ReadRound round = started(2);
    round.failed(digest(1));
    round.answered(digest(1), NEW, true);
    round.answered(value(0), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  // Owners are silent.

  @Test
  void one_more_owner_is_asked_for_a_silent_one() {
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    assertThat(round.hedge()).containsExactly(digest(2));
  }

  @Test
  void a_silent_sender_of_the_value_is_not_waited_for() {
    ReadRound round = started(2);
    round.answered(digest(1), NEW, true);
    assertThat(round.hedge()).containsExactly(value(2));
    round.answered(value(2), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.isFinished()).isFalse();
  }

  @Test
  void when_the_other_owner_is_behind_the_newest_value_comes_from_its_digest_sender() {
    ReadRound round = started(2);
    round.answered(digest(1), NEW, true);
    round.hedge();
    assertThat(round.answered(value(2), OLD, true)).containsExactly(value(1));
  }

  @Test
  void a_silent_holder_of_the_newest_is_hedged_by_another_holder() {
    ReadRound round = started(3);
    round.answered(value(0), OLD, true);
    round.answered(digest(1), NEW, true);
    round.answered(digest(2), NEW, true);
    assertThat(round.hedge()).containsExactly(value(2));
  }

  @Test
  void something_newer_behind_the_verdict_is_fetched_for_the_repair_of_the_others() {
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    round.hedge();
    round.answered(digest(2), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.answered(digest(1), NEW, true)).containsExactly(value(1));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.stale()).containsExactly(0, 2);
  }

  // Owners that lost their data.

  @Test
  void an_owner_that_lost_its_data_is_replaced_and_repaired() {
    ReadRound round = started(2);
    round.answered(value(0), NEW, true);
    assertThat(round.answered(digest(1), Version.NONE, false)).containsExactly(digest(2));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.answered(digest(2), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.stale()).containsExactly(1);
  }

  @Test
  void what_an_owner_that_lost_its_data_holds_by_now_does_not_count_but_is_not_overlooked() {
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    assertThat(round.answered(digest(1), NEW, false)).containsExactly(value(2));
    assertThat(round.answers()).isEqualTo(1);
    assertThat(round.answered(value(2), OLD, true)).containsExactly(value(1));
  }

  @Test
  void a_value_sender_that_lost_its_data_is_made_up_for_by_a_holder_of_the_newest() {
    ReadRound round = started(2);
    round.failed(digest(1));
    round.answered(digest(1), NEW, true);
    round.answered(digest(2), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    assertThat(round.answered(value(0), Version.NONE, false)).containsExactly(value(1));
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
  }

  @Test
  void owners_that_lost_their_data_do_not_make_a_quorum() {
    ReadRound round = started(2);
    round.answered(value(0), Version.NONE, false);
    round.answered(digest(1), Version.NONE, false);
    assertThat(round.verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  // Somebody was away and has not caught up.

  @Test
  void an_owner_that_is_behind_is_asked_after_those_that_are_not() {
    behind.add(1);
    assertThat(round(2).start()).containsExactly(value(0), digest(2));
    assertThat(round(3).start()).containsExactly(value(0), digest(2), digest(1));
  }

  @Test
  void an_owner_that_is_behind_is_asked_before_one_that_is_out_of_reach() {
    behind.add(1);
    down.add(2);
    assertThat(round(2).start()).containsExactly(value(0), digest(1));
  }

  @Test
  void a_coordinator_that_is_behind_asks_itself_last() {
    behind.add(0);
    assertThat(round(1).start()).containsExactly(value(1));
    assertThat(round(3).start()).containsExactly(value(1), digest(2), digest(0));
  }

  @Test
  void what_an_owner_that_is_behind_answers_counts() {
    behind.add(1);
    down.add(2);
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    round.answered(digest(1), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void owners_that_are_behind_do_not_answer_for_one_that_is_only_slow() {
    behind.addAll(List.of(1, 2));
    ReadRound round = started(2);
    round.answered(digest(1), OLD, true);
    assertThat(round.hedge()).containsExactly(value(2));
    assertThat(round.answered(value(2), OLD, true)).isEmpty();
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    round.answered(value(0), NEW, true);
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
    assertThat(round.newest()).isEqualTo(NEW);
  }

  @Test
  void their_answers_are_enough_when_nobody_better_will_come() {
    behind.addAll(List.of(1, 2));
    ReadRound round = answeredByThoseBehind();
    round.failed(value(0));
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void their_answers_are_enough_after_a_while() {
    behind.addAll(List.of(1, 2));
    ReadRound round = answeredByThoseBehind();
    for (int delay = 2; delay < Silence.COUNTED_AFTER; delay++) {
      round.keepWaiting();
      assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    }
    round.keepWaiting();
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  @Test
  void their_answers_are_enough_at_the_deadline() {
    behind.addAll(List.of(1, 2));
    ReadRound round = answeredByThoseBehind();
    round.settleForLess();
    assertThat(round.verdict()).isEqualTo(Verdict.REACHED);
  }

  private ReadRound answeredByThoseBehind() {
    ReadRound round = started(2);
    round.answered(digest(1), OLD, true);
    round.hedge();
    round.answered(value(2), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    return round;
  }

  @Test
  void an_owner_that_is_silent_is_asked_before_one_that_is_behind() {
    behind.add(1);
    silent.add(2);
    assertThat(round(2).start()).containsExactly(value(0), digest(2));
  }

  @Test
  void who_is_silent_and_missed_nothing_is_waited_for() {
    behind.add(1);
    silent.add(2);
    ReadRound round = started(2);
    round.answered(value(0), OLD, true);
    assertThat(round.hedge()).containsExactly(digest(1));
    round.answered(digest(1), OLD, true);
    assertThat(round.verdict()).isEqualTo(Verdict.PENDING);
    assertThat(round.answered(digest(2), NEW, true)).containsExactly(value(2));
  }

  private ReadRound started(int r) {
    ReadRound round = round(r);
    round.start();
    return round;
  }

  private ReadRound round(int r) {
    return round(PREFERENCE, 0, r);
  }

  private ReadRound round(PreferenceList preference, int coordinator, int r) {
    return new ReadRound(
        preference,
        Requirements.of(3, r),
        coordinator,
        new Opinion(down, silent),
        behind::contains);
  }

  private static Ask value(int worker) {
    return new Ask(worker, true);
  }

  private static Ask digest(int worker) {
    return new Ask(worker, false);
  }
}
