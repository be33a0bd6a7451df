package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClockSoundnessTest {

  private static final long HOUR = 3_600_000;

  private final ClockSoundness clock = new ClockSoundness(500);

  @Test
  void a_worker_alone_trusts_its_clock() {
    assertThat(clock.isSound()).isTrue();
    assertThat(clock.offsetMillis()).isZero();
  }

  @Test
  void the_one_wrong_clock_among_four_convicts_itself() {
    peersAreAhead(-HOUR, -HOUR - 3, -HOUR + 5);
    assertThat(clock.isSound()).isFalse();
    assertThat(clock.offsetMillis()).isCloseTo(-HOUR, within(5L));
  }

  @Test
  void the_right_clocks_among_four_are_not_shaken_by_the_wrong_one() {
    peersAreAhead(HOUR, 3, -5);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void of_two_workers_neither_convicts_itself_on_the_word_of_the_other() {
    peersAreAhead(HOUR);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void one_against_two_is_convicted() {
    peersAreAhead(HOUR, HOUR + 20);
    assertThat(clock.isSound()).isFalse();
  }

  @Test
  void two_against_two_convict_nobody() {
    peersAreAhead(0, HOUR, HOUR);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void a_difference_within_the_tolerance_is_sound() {
    peersAreAhead(500, 500, 500);
    assertThat(clock.isSound()).isTrue();
    peersAreAhead(501, 501, 501);
    assertThat(clock.isSound()).isFalse();
  }

  @Test
  void a_newer_estimate_replaces_the_older_one() {
    peersAreAhead(HOUR, HOUR, HOUR);
    peersAreAhead(0, 0, 0);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void a_peer_that_is_no_member_any_more_says_nothing() {
    peersAreAhead(HOUR, HOUR);
    clock.forget(1);
    clock.forget(2);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void a_clock_that_was_moved_is_as_far_off_as_it_was_moved() {
    peersAreAhead(0, 3, -5);
    clock.moved(HOUR);
    assertThat(clock.isSound()).isFalse();
    clock.moved(-HOUR);
    assertThat(clock.isSound()).isTrue();
  }

  @Test
  void a_worker_stamps_once_a_majority_agrees_with_its_clock() {
    assertThat(clock.mayStamp(5, 0, false)).isFalse();
    peersAreAhead(3);
    assertThat(clock.mayStamp(5, 0, false)).isFalse();
    peersAreAhead(3, -400);
    assertThat(clock.mayStamp(5, 0, false)).isTrue();
  }

  @Test
  void two_wrong_clocks_that_agree_are_no_majority_of_five() {
    peersAreAhead(0);
    assertThat(clock.mayStamp(5, 1_999, false)).isFalse();
  }

  @Test
  void where_too_few_are_there_those_that_are_suffice_after_a_while() {
    peersAreAhead(3);
    assertThat(clock.mayStamp(5, 2_000, false)).isTrue();
  }

  @Test
  void a_worker_that_was_contradicted_before_it_was_confirmed_does_not_stamp() {
    peersAreAhead(HOUR);
    assertThat(clock.mayStamp(2, 60_000, false)).isFalse();
  }

  @Test
  void a_worker_that_was_confirmed_stays_so_while_it_is_sound() {
    peersAreAhead(3, 5);
    assertThat(clock.mayStamp(4, 0, false)).isTrue();
    peersAreAhead(HOUR, HOUR, 0);
    assertThat(clock.mayStamp(4, 0, false)).isTrue();
    peersAreAhead(HOUR, HOUR, HOUR);
    assertThat(clock.mayStamp(4, 0, false)).isFalse();
  }

  @Test
  void whoever_has_heard_no_peer_needs_somebody_elses_word() {
    assertThat(clock.mayStamp(4, 60_000, false)).isFalse();
    assertThat(clock.mayStamp(4, 1_999, true)).isFalse();
    assertThat(clock.mayStamp(4, 2_000, true)).isTrue();
  }

  @Test
  void that_word_is_worth_nothing_once_a_peer_was_heard() {
    assertThat(clock.mayStamp(4, 2_000, true)).isTrue();
    peersAreAhead(-HOUR);
    assertThat(clock.mayStamp(4, 60_000, true)).isFalse();
    peersAreAhead(-HOUR, 5);
    assertThat(clock.mayStamp(4, 60_000, true)).isTrue();
  }

  @Test
  void where_too_few_are_there_most_of_those_suffice() {
    peersAreAhead(3, HOUR);
    assertThat(clock.mayStamp(4, 1_999, false)).isFalse();
    assertThat(clock.mayStamp(4, 2_000, false)).isTrue();
  }

  @Test
  void half_of_those_that_are_there_do_not() {
    peersAreAhead(3, HOUR, HOUR);
    assertThat(clock.mayStamp(6, 60_000, false)).isFalse();
  }

  @Test
  void the_only_member_of_a_cluster_stamps_at_once() {
    assertThat(clock.mayStamp(1, 0, false)).isTrue();
  }

  private void peersAreAhead(long... millis) {
    for (int i = 0; i < millis.length; i++) {
      clock.observed(i + 1, millis[i]);
    }
  }
}
