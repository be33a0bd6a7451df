package dev.rondo.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WallClockTest {

  private final AtomicLong wall = new AtomicLong(1_000_000);
  private final AtomicLong steady = new AtomicLong(5_000);
  private final WallClock clock = new WallClock(wall::get, steady::get, 250);

  @Test
  void a_clock_that_runs_with_the_steady_one_is_steady_however_long_nobody_looked() {
    pass(86_400_000);

    assertThat(clock.now()).isEqualTo(1_000_000 + 86_400_000);
    assertThat(clock.isSteady()).isTrue();
  }

  @Test
  void small_corrections_are_no_leaps() {
    for (int i = 0; i < 100; i++) {
      wall.addAndGet(i % 2 == 0 ? 200 : -200);
      clock.now();
    }

    assertThat(clock.isSteady()).isTrue();
  }

  @Test
  void a_leap_in_either_direction_is_distrusted_for_a_while() {
    for (int leap : new int[] {10_000, -10_000}) {
      wall.addAndGet(leap);
      clock.now();
      assertThat(clock.isSteady()).isFalse();

      pass(WallClock.DISTRUST_MILLIS - 1);
      clock.now();
      assertThat(clock.isSteady()).isFalse();

      pass(1);
      clock.now();
      assertThat(clock.isSteady()).isTrue();
    }
  }

  private void pass(long millis) {
    wall.addAndGet(millis);
    steady.addAndGet(millis);
  }
}
