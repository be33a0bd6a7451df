package dev.rondo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ControllerTimeTest {

  private static final long NOON = 1_800_000_000_000L;

  private final ControllerTime time = ControllerTime.said(NOON, 300, 5_000);

  @Test
  void what_the_round_trip_leaves_open_speaks_against_nobody() {
    assertThat(time.aheadMillis(NOON, 5_000)).isZero();
    assertThat(time.aheadMillis(NOON + 300, 5_000)).isZero();
  }

  @Test
  void the_rest_does() {
    assertThat(time.aheadMillis(NOON - 1_000, 5_000)).isEqualTo(1_000);
    assertThat(time.aheadMillis(NOON + 1_300, 5_000)).isEqualTo(-1_000);
  }

  @Test
  void it_goes_on_while_the_wall_clock_here_is_set() {
    assertThat(time.aheadMillis(NOON + 60_100, 65_000)).isZero();
    assertThat(time.aheadMillis(NOON + 3_660_300, 65_000)).isEqualTo(-3_600_000);
  }
}
