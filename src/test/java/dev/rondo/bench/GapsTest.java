package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapsTest {
  private final Gaps gaps = new Gaps(2, 100);

  @Test
  void the_longest_pause_between_two_successes_counts() {
    gaps.success(0, 110);
    gaps.success(0, 150);
    gaps.success(0, 160);
    assertThat(gaps.longest(165)[0]).isEqualTo(40);
  }

  @Test
  void the_pause_before_the_first_and_after_the_last_counts_too() {
    gaps.success(0, 130);
    assertThat(gaps.longest(140)[0]).isEqualTo(30);
    assertThat(gaps.longest(200)[0]).isEqualTo(70);
  }

  @Test
  void a_target_without_any_success_has_one_gap() {
    gaps.success(0, 130);
    assertThat(gaps.longest(400)[1]).isEqualTo(300);
  }
}
