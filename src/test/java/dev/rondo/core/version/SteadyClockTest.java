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
  void a_small_correction_is_followed() {
    assertThat(clock.follow(NOW + 130, 1_100, 0)).isEqualTo(30);
    assertThat(clock.millis(1_100)).isEqualTo(NOW + 130);
  }

  @Test
  void a_jump_away_from_the_peers_is_not_followed() {
    assertThat(clock.follow(NOW + HOUR, 1_000, 3)).isZero();
    assertThat(clock.follow(NOW - HOUR, 1_000, -3)).isZero();
    assertThat(clock.millis(1_000)).isEqualTo(NOW);
  }

  @Test
  void a_jump_towards_the_peers_is_followed() {
    assertThat(clock.follow(NOW + HOUR, 1_000, HOUR + 20)).isEqualTo(HOUR);
    assertThat(clock.millis(1_000)).isEqualTo(NOW + HOUR);
  }

  @Test
  void a_jump_beyond_the_peers_is_not_followed() {
    assertThat(clock.follow(NOW + 3 * HOUR, 1_000, HOUR)).isZero();
  }

  @Test
  void a_jump_without_peers_is_not_followed() {
    assertThat(clock.follow(NOW + HOUR, 1_000, 0)).isZero();
  }
}
