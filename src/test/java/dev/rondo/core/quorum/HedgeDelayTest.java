package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeDelayTest {

  private final HedgeDelay delay = new HedgeDelay(50);
  private long now = 1_000;

  /** So many requests come to the end of the delay, so many of them without an answer. */
  private long after(int requests, int late) {
    for (int i = 0; i < requests; i++) {
      delay.waited(i >= late);
    }
    now += HedgeDelay.REVIEW_MILLIS;
    delay.review(now);
    return delay.millis();
  }

  @Test
  void it_grows_while_most_requests_are_late_up_to_a_limit() {
    assertThat(after(100, 100)).isEqualTo(100);
    assertThat(after(100, 60)).isEqualTo(200);
    assertThat(after(100, 51)).isEqualTo(400);
    assertThat(after(100, 100)).isEqualTo(400);
  }

  @Test
  void it_returns_to_what_is_configured_when_nearly_all_are_in_time() {
    after(100, 100);
    after(100, 100);
    assertThat(after(100, 5)).isEqualTo(100);
    assertThat(after(100, 0)).isEqualTo(50);
    assertThat(after(100, 0)).isEqualTo(50);
  }

  @Test
  void one_worker_that_hangs_or_is_slow_does_not_change_it() {
    assertThat(after(100, 40)).isEqualTo(50);
    after(100, 100);
    assertThat(after(100, 40)).isEqualTo(100);
  }

  @Test
  void a_few_requests_or_a_moment_tell_nothing() {
    assertThat(after(HedgeDelay.SAMPLE_MIN - 1, HedgeDelay.SAMPLE_MIN - 1)).isEqualTo(50);
    assertThat(after(1, 1)).isEqualTo(100);
    for (int i = 0; i < 1_000; i++) {
      delay.waited(false);
      delay.review(now + 1);
    }
    assertThat(delay.millis()).isEqualTo(100);
  }
}
