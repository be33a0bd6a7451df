package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockSoundnessTest {

  private static final long HOUR = 3_600_000;
  private static final long NOW = 1_700_000_000_000L;

  private final ClockSoundness clock = new ClockSoundness(500);

  @Test
  void a_worker_alone_trusts_its_clock() {
    assertThat(clock.isSound()).isTrue();
    assertThat(clock.trustedMillis(NOW)).isEqualTo(NOW);
  }

  @Test
  void the_one_wrong_clock_among_four_convicts_itself() {
    peersAreAhead(-HOUR, -HOUR - 3, -HOUR + 5);
    assertThat(clock.isSound()).isFalse();
    assertThat(clock.offsetMillis()).isCloseTo(-HOUR, org.assertj.core.data.Offset.offset(5L));
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
  void an_unsound_worker_judges_others_by_the_time_of_its_peers() {
    peersAreAhead(HOUR, HOUR, HOUR);
    assertThat(clock.trustedMillis(NOW)).isEqualTo(NOW + HOUR);
    assertThat(clock.isTooFarAhead(Version.of(NOW + HOUR, 0, 1), NOW)).isFalse();
  }

  @Test
  void a_version_is_too_far_ahead_beyond_the_tolerance() {
    assertThat(clock.isTooFarAhead(Version.of(NOW + 500, 0, 1), NOW)).isFalse();
    assertThat(clock.isTooFarAhead(Version.of(NOW + 501, 0, 1), NOW)).isTrue();
    assertThat(clock.isTooFarAhead(Version.of(NOW - HOUR, 0, 1), NOW)).isFalse();
  }

  @Test
  void a_peer_that_is_no_member_any_more_says_nothing() {
    peersAreAhead(HOUR, HOUR);
    clock.forget(1);
    clock.forget(2);
    assertThat(clock.isSound()).isTrue();
  }

  private void peersAreAhead(long... millis) {
    for (int i = 0; i < millis.length; i++) {
      clock.observed(i + 1, millis[i]);
    }
  }
}
