package dev.rondo.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspicionsTest {

  private static final int PEER = 2;

  private final Suspicions suspicions = new Suspicions(50);

  @Test
  void nobody_is_suspected_at_first() {
    assertThat(suspicions.suspects(PEER)).isFalse();
    assertThat(suspicions.all()).isEmpty();
  }

  @Test
  void a_broken_connection_is_reason_enough() {
    assertThat(suspicions.broke(PEER)).isTrue();
    assertThat(suspicions.all()).containsExactly(PEER);
  }

  @Test
  void a_second_broken_connection_changes_nothing() {
    suspicions.broke(PEER);
    assertThat(suspicions.broke(PEER)).isFalse();
  }

  @Test
  void a_peer_that_owes_an_answer_is_suspected_after_the_limit() {
    assertThat(suspicions.check(PEER, 1000, 900, 1049)).isFalse();
    assertThat(suspicions.check(PEER, 1000, 900, 1050)).isTrue();
    assertThat(suspicions.suspects(PEER)).isTrue();
  }

  @Test
  void a_peer_that_talks_of_other_things_is_not_silent() {
    assertThat(suspicions.check(PEER, 1000, 1030, 1060)).isFalse();
  }

  @Test
  void a_sign_of_life_ends_every_suspicion() {
    suspicions.broke(PEER);
    suspicions.check(PEER, 0, 0, 1000);
    assertThat(suspicions.heard(PEER)).isTrue();
    assertThat(suspicions.suspects(PEER)).isFalse();
    assertThat(suspicions.heard(PEER)).isFalse();
  }

  @Test
  void a_silent_peer_is_suspected_but_only_a_broken_connection_makes_it_away() {
    suspicions.check(PEER, 0, 0, 1000);
    assertThat(suspicions.all()).containsExactly(PEER);
    assertThat(suspicions.broken()).isEmpty();
    assertThat(suspicions.broke(PEER)).isTrue();
    assertThat(suspicions.broken()).containsExactly(PEER);
    assertThat(suspicions.broke(PEER)).isFalse();
  }

  @Test
  void a_peer_that_is_often_slow_gets_more_time() {
    suspicions.spoke(PEER, 80, 1000);
    assertThat(suspicions.check(PEER, 1000, 1000, 1150)).isFalse();
    assertThat(suspicions.check(PEER, 1000, 1000, 1161)).isTrue();
  }

  @Test
  void patience_fades_and_ends_at_the_limit() {
    suspicions.spoke(PEER, 80, 1000);
    assertThat(suspicions.check(PEER, 31_000, 31_000, 31_049)).isFalse();
    assertThat(suspicions.check(PEER, 31_000, 31_000, 31_050)).isTrue();
  }

  @Test
  void patience_has_an_end_even_with_the_slowest() {
    suspicions.spoke(PEER, 400, 1000);
    assertThat(suspicions.check(PEER, 1000, 1000, 1399)).isFalse();
    assertThat(suspicions.check(PEER, 1000, 1000, 1400)).isTrue();
  }

  @Test
  void to_have_been_stopped_once_is_no_habit() {
    suspicions.spoke(PEER, 30_000, 1000);
    assertThat(suspicions.check(PEER, 1000, 1000, 1050)).isTrue();
  }

  @Test
  void one_slow_peer_says_nothing_of_another() {
    suspicions.spoke(PEER, 200, 1000);
    assertThat(suspicions.check(PEER + 1, 1000, 1000, 1050)).isTrue();
  }

  @Test
  void a_check_that_comes_late_itself_judges_nobody() {
    assertThat(suspicions.mayJudge(1000)).isTrue();
    assertThat(suspicions.mayJudge(1050)).isTrue();
    assertThat(suspicions.mayJudge(1101)).isFalse();
    assertThat(suspicions.mayJudge(1110)).isTrue();
  }
}
