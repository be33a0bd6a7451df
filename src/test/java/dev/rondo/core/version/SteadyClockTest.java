package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final long HOUR = 3_600_000;
  private static final long NOW = 1_700_000_000_000L;

  private final SteadyClock clock = new SteadyClock(NOW, 1_000);

  @Test
  void it_begins_with_the_wall_clock_and_counts_on_by_itself() {
    assertThat(clock.millis(1_000)).isEqualTo(NOW);
    assertThat(clock.millis(1_250)).isEqualTo(NOW + 250);
  }

  @Test
  void small_corrections_are_followed_however_many() {
    for (int i = 1; i <= 100; i++) {
      assertThat(clock.look(NOW + 30L * i, 1_000)).isZero();
    }
    assertThat(clock.millis(1_000)).isEqualTo(NOW + 3_000);
  }

  @Test
  void a_leap_is_told_once_and_not_followed() {
    assertThat(clock.look(NOW + HOUR + 10, 1_010)).isEqualTo(HOUR);
    assertThat(clock.look(NOW + HOUR + 20, 1_020)).isZero();
    assertThat(clock.look(NOW + 30, 1_030)).isEqualTo(-HOUR);
    assertThat(clock.millis(1_030)).isEqualTo(NOW + 30);
  }

  @Test
  void corrections_are_followed_also_behind_a_leap() {
    clock.look(NOW + HOUR, 1_000);
    assertThat(clock.look(NOW + HOUR + 40, 1_000)).isZero();
    assertThat(clock.millis(1_000)).isEqualTo(NOW + 40);
  }

  @Test
  void it_can_be_put_forward_and_back() {
    clock.move(HOUR);
    assertThat(clock.millis(1_000)).isEqualTo(NOW + HOUR);
    clock.move(-HOUR);
    assertThat(clock.millis(1_000)).isEqualTo(NOW);
  }
}
