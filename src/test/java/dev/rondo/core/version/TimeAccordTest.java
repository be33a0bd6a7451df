package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker of four, and what it concludes from the clocks of the others. */
class TimeAccordTest {

  private static final long HOUR = 3_600_000;

  private final TimeAccord accord = new TimeAccord(500, 0);
  private long now;

  @BeforeEach
  void four() {
    accord.follow(4);
  }

  @Test
  void with_clocks_that_agree_it_stamps() {
    peer(1, 3, 3);
    assertThat(isSound()).isFalse();
    peer(2, -5, -5);
    assertThat(isSound()).isTrue();
    assertThat(accord.adoption()).isZero();
  }

  @Test
  void its_own_wrong_wall_clock_is_found_out_also_while_a_peer_is_away() {
    peers(0, 0);

    leap(HOUR);
    peer(1, -HOUR, 0);
    peer(2, -HOUR, 0);
    pass(TimeAccord.JUDGED_AFTER_MILLIS);

    assertThat(isSound()).isFalse();
    assertThat(accord.isTimeSound()).isTrue();
    assertThat(accord.offsetMillis()).isEqualTo(-HOUR);
    assertThat(accord.trustedAheadMillis()).isZero();
    assertThat(accord.adoption()).isZero();
  }

  @Test
  void a_leap_is_not_judged_before_the_peers_had_time_to_tell_of_theirs() {
    peers(0, 0);

    leap(HOUR);
    assertThat(isSound()).isTrue();
    peers(0, 0);
    pass(TimeAccord.JUDGED_AFTER_MILLIS);

    assertThat(isSound()).isTrue();
  }

  @Test
  void after_a_restart_behind_a_leap_of_all_it_adopts_the_time_of_those_that_ran() {
    peers(0, -HOUR);
    assertThat(accord.isTimeSound()).isFalse();

    assertThat(accord.adoption()).isEqualTo(-HOUR);
    adopt();

    assertThat(isSound()).isTrue();
    assertThat(accord.adoption()).isZero();
  }

  @Test
  void two_that_have_restarted_join_the_two_that_ran() {
    accord.observed(1, 0, 0, false);
    peer(2, 0, -HOUR);
    peer(3, 0, -HOUR);
    accord.judge(now);

    assertThat(accord.adoption()).isEqualTo(-HOUR);
  }

  @Test
  void where_all_have_restarted_the_latest_time_wins() {
    accord.observed(1, 0, -HOUR, false);
    accord.observed(2, 0, HOUR, false);
    accord.observed(3, 0, 3_000, false);
    accord.judge(now);

    assertThat(accord.adoption()).isEqualTo(HOUR);
  }

  @Test
  void of_two_halves_the_one_that_is_behind_follows() {
    peers(0, 0);

    peer(2, 0, HOUR);
    peer(3, 0, HOUR);
    assertThat(accord.adoption()).isEqualTo(HOUR);

    peer(2, 0, -HOUR);
    peer(3, 0, -HOUR);
    assertThat(accord.adoption()).isZero();
  }

  @Test
  void the_time_of_one_alone_convinces_nobody() {
    peers(0, 0);
    peer(3, 0, HOUR);
    accord.judge(now);

    assertThat(isSound()).isTrue();
    assertThat(accord.adoption()).isZero();
  }

  @Test
  void the_time_of_a_peer_whose_wall_clock_is_another_is_not_adopted() {
    peers(0, 0);
    for (int id = 1; id < 4; id++) {
      accord.observed(id, id == 1 ? 0 : HOUR, id == 1 ? 0 : HOUR, true);
    }

    assertThat(accord.adoption()).isZero();
  }

  @Test
  void a_worker_with_a_wrong_wall_clock_adopts_nothing_and_judges_by_the_time_of_the_others() {
    peers(-HOUR, -HOUR);

    assertThat(isSound()).isFalse();
    assertThat(accord.adoption()).isZero();
    assertThat(accord.trustedAheadMillis()).isEqualTo(-HOUR);

    leap(-HOUR);
    peers(0, -HOUR);
    pass(TimeAccord.JUDGED_AFTER_MILLIS);
    adopt();

    assertThat(isSound()).isTrue();
  }

  @Test
  void alone_it_stamps_only_where_somebody_else_has_said_the_same_time() {
    pass(60_000);
    assertThat(isSound()).isFalse();
    assertThat(accord.isTimeSound()).isFalse();

    accord.vouched(-HOUR, -HOUR);
    pass(1);
    assertThat(accord.isTimeSound()).isFalse();

    accord.vouched(200, 200);
    pass(1);
    assertThat(isSound()).isTrue();
    assertThat(accord.isTimeSound()).isTrue();
  }

  @Test
  void a_time_that_was_put_forward_is_not_what_was_vouched_for() {
    accord.vouched(0, 0);
    accord.moved(HOUR);
    pass(60_000);

    assertThat(isSound()).isFalse();
    assertThat(accord.isTimeSound()).isFalse();
  }

  @Test
  void before_anybody_was_heard_it_can_tell_of_no_version_that_it_is_too_far_ahead() {
    assertThat(accord.canJudge()).isFalse();
    accord.observed(1, 0, HOUR, false);
    assertThat(accord.canJudge()).isFalse();
    peer(2, 0, HOUR);
    assertThat(accord.canJudge()).isTrue();
  }

  @Test
  void whoever_has_just_started_judges_by_the_time_of_those_that_ran() {
    peer(1, 0, HOUR);
    assertThat(accord.canJudge()).isTrue();
    assertThat(accord.trustedAheadMillis()).isEqualTo(HOUR);
  }

  @Test
  void it_does_not_judge_by_the_time_of_a_peer_with_another_wall_clock() {
    peer(1, HOUR, HOUR);
    assertThat(accord.canJudge()).isFalse();
    assertThat(accord.trustedAheadMillis()).isZero();
  }

  @Test
  void whoever_is_no_member_any_more_says_nothing() {
    peers(-HOUR, -HOUR);
    for (int id = 1; id < 4; id++) {
      accord.forget(id);
    }
    accord.follow(1);

    assertThat(isSound()).isTrue();
  }

  private void peers(long wallAhead, long timeAhead) {
    for (int id = 1; id < 4; id++) {
      peer(id, wallAhead, timeAhead);
    }
    accord.judge(now);
  }

  private void peer(int id, long wallAhead, long timeAhead) {
    accord.observed(id, wallAhead, timeAhead, true);
  }

  private void leap(long millis) {
    accord.leapt(millis, now);
  }

  private void adopt() {
    accord.moved(accord.adoption());
    accord.judge(now);
  }

  private void pass(long millis) {
    now += millis;
    accord.judge(now);
  }

  private boolean isSound() {
    accord.judge(now);
    return accord.isWallSound() && accord.isTimeSound();
  }
}
