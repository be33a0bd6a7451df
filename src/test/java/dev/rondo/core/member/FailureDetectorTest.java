package dev.rondo.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {
  private static final int ONE = 1;
  private static final int TWO = 2;

  private final FailureDetector detector = new FailureDetector(3_000, 8_000, 500);
  private long now = 100_000;

  @Test
  void a_worker_is_dead_after_eight_seconds_of_silence() {
    detector.heard(ONE, now);
    assertThat(tickFor(7_999)).isEmpty();
    assertThat(detector.isConvicted(ONE)).isFalse();
    assertThat(tickFor(1)).containsExactly(ONE);
    assertThat(detector.isConvicted(ONE)).isTrue();
  }

  @Test
  void a_worker_that_is_expected_and_never_heard_is_dead_as_well() {
    detector.heard(ONE, now);
    tickFor(3_000);
    detector.expect(ONE, now);
    detector.expect(TWO, now);
    assertThat(tickFor(5_000)).containsExactly(ONE);
    assertThat(tickFor(3_000)).containsExactly(TWO);
    assertThat(detector.heard(TWO, now)).isTrue();
  }

  @Test
  void nobody_who_is_forgotten_is_judged() {
    detector.expect(ONE, now);
    detector.expect(TWO, now);
    detector.forget(ONE);
    assertThat(tickFor(9_000)).containsExactly(TWO);
    detector.forget(TWO);
    assertThat(detector.isConvicted(TWO)).isFalse();
  }

  @Test
  void a_verdict_is_given_once() {
    detector.heard(ONE, now);
    tickFor(8_000);
    assertThat(tickFor(20_000)).isEmpty();
  }

  @Test
  void a_worker_that_beats_lives() {
    for (int beat = 0; beat < 10; beat++) {
      detector.heard(ONE, now);
      assertThat(tickFor(3_000)).isEmpty();
    }
  }

  @Test
  void a_sign_of_life_ends_the_conviction() {
    detector.heard(ONE, now);
    tickFor(8_000);
    assertThat(detector.heard(ONE, now)).isTrue();
    assertThat(detector.isConvicted(ONE)).isFalse();
    assertThat(detector.heard(ONE, now)).isFalse();
  }

  @Test
  void a_departure_convicts_whoever_was_not_just_heard_at_once() {
    detector.heard(ONE, now);
    tickFor(1_500);
    assertThat(detector.departed(ONE, now)).isTrue();
    assertThat(detector.departed(ONE, now)).isFalse();
    assertThat(tickFor(8_000)).isEmpty();
  }

  @Test
  void whoever_was_just_heard_has_not_departed_before_it_is_silent() {
    detector.heard(ONE, now);
    tickFor(500);
    assertThat(detector.departed(ONE, now)).isFalse();
    assertThat(tickFor(999)).isEmpty();
    assertThat(tickFor(1)).containsExactly(ONE);
  }

  @Test
  void a_departure_of_someone_who_is_heard_again_was_none() {
    detector.heard(ONE, now);
    assertThat(detector.departed(ONE, now)).isFalse();
    tickFor(1_000);
    detector.heard(ONE, now);
    assertThat(tickFor(7_999)).isEmpty();
  }

  @Test
  void a_departure_and_a_broken_connection_convict_in_whichever_order() {
    detector.heard(ONE, now);
    detector.heard(TWO, now);
    assertThat(detector.disconnected(ONE, now)).isFalse();
    assertThat(detector.departed(ONE, now)).isFalse();
    assertThat(detector.disconnected(ONE, now)).isTrue();
    assertThat(detector.isConvicted(TWO)).isFalse();
  }

  @Test
  void the_end_of_a_process_needs_no_other_witness() {
    detector.heard(ONE, now);
    assertThat(detector.ended(ONE)).isTrue();
    assertThat(detector.ended(ONE)).isFalse();
    assertThat(tickFor(8_000)).isEmpty();
  }

  @Test
  void who_was_never_heard_is_convicted_by_a_departure_alone() {
    assertThat(tickFor(60_000)).isEmpty();
    assertThat(detector.departed(TWO, now)).isTrue();
  }

  @Test
  void a_controller_that_was_paused_convicts_nobody_for_one_interval() {
    detector.heard(ONE, now);
    detector.heard(TWO, now);
    tickFor(500);
    now += 30_000;
    assertThat(detector.tick(now)).isEmpty();
    detector.heard(ONE, now + 100);
    assertThat(tickFor(2_999)).isEmpty();
    assertThat(tickFor(1)).containsExactly(TWO);
  }

  @Test
  void a_tick_that_is_late_by_two_seconds_is_punctual_enough() {
    detector.heard(ONE, now);
    tickFor(6_000);
    now += 2_500;
    assertThat(detector.tick(now)).containsExactly(ONE);
  }

  @Test
  void a_departure_that_is_told_after_a_pause_waits_for_the_interval_too() {
    detector.heard(ONE, now);
    detector.heard(TWO, now);
    tickFor(500);
    now += 6_000;
    assertThat(detector.departed(ONE, now)).isFalse();
    assertThat(detector.departed(TWO, now)).isFalse();
    assertThat(detector.tick(now)).isEmpty();
    detector.heard(ONE, now + 50);
    assertThat(tickFor(3_000)).containsExactly(TWO);
  }

  /** Ticks as punctually as the controller does; returns all verdicts. */
  private Set<Integer> tickFor(long millis) {
    Set<Integer> all = new HashSet<>();
    long end = now + millis;
    while (now < end) {
      now = Math.min(end, now + 500);
      all.addAll(detector.tick(now));
    }
    return all;
  }
}
