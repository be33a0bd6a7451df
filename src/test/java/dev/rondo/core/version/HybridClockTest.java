package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HybridClockTest {

  private static final long NOW = 1_700_000_000_000L;

  @Test
  void a_stamp_shows_the_wall_clock() {
    assertThat(clock(NOW + 100).next(NOW)).isEqualTo(Version.of(NOW, 0, 3));
  }

  @Test
  void two_stamps_of_one_millisecond_differ_in_the_counter() {
    HybridClock clock = clock(NOW + 100);
    assertThat(clock.next(NOW)).isEqualTo(Version.of(NOW, 0, 3));
    assertThat(clock.next(NOW)).isEqualTo(Version.of(NOW, 1, 3));
  }

  @Test
  void a_counter_that_is_used_up_carries_into_the_milliseconds() {
    HybridClock clock = clock(NOW + 100);
    clock.observe(Version.of(NOW, 0xffff, 1));
    assertThat(clock.next(NOW)).isEqualTo(Version.of(NOW + 1, 0, 3));
  }

  @Test
  void a_wall_clock_that_goes_back_is_not_followed() {
    HybridClock clock = clock(NOW + 100);
    Version before = clock.next(NOW);
    assertThat(clock.next(NOW - 3_600_000)).isEqualTo(Version.of(NOW, 1, 3));
    assertThat(clock.next(-5).isAfter(before)).isTrue();
  }

  @Test
  void a_stamp_is_later_than_everything_observed() {
    HybridClock clock = clock(NOW + 100);
    clock.observe(Version.of(NOW + 50, 7, 9));
    assertThat(clock.next(NOW)).isEqualTo(Version.of(NOW + 50, 8, 3));
  }

  @Test
  void an_old_version_does_not_move_the_clock() {
    HybridClock clock = clock(NOW + 100);
    Version latest = clock.next(NOW);
    clock.observe(Version.of(NOW - 1, 7, 9));
    clock.observe(Version.NONE);
    assertThat(clock.last()).isEqualTo(latest.timestamp());
  }

  @Test
  void nothing_is_stamped_at_or_past_the_mark() {
    HybridClock clock = clock(NOW + 100);
    assertThat(clock.needsReservation(NOW + 99)).isFalse();
    assertThat(clock.needsReservation(NOW + 100)).isTrue();
    assertThatThrownBy(() -> clock.next(NOW + 100)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_clock_that_starts_again_starts_at_its_mark() {
    HybridClock restarted = new HybridClock(3, NOW + 100);
    assertThat(restarted.needsReservation(NOW - 3_600_000)).isTrue();
    restarted.reserved(NOW + 200);
    assertThat(restarted.next(NOW - 3_600_000)).isEqualTo(Version.of(NOW + 100, 1, 3));
  }

  @Test
  void a_lower_mark_does_not_take_a_reservation_back() {
    HybridClock clock = clock(NOW + 100);
    clock.reserved(NOW);
    assertThat(clock.highWaterMillis()).isEqualTo(NOW + 100);
  }

  @Test
  void it_knows_how_far_it_is_ahead_of_the_wall_clock() {
    HybridClock clock = clock(NOW + 100);
    assertThat(clock.aheadMillis(NOW)).isZero();
    clock.observe(Version.of(NOW + 50, 7, 9));
    assertThat(clock.aheadMillis(NOW)).isEqualTo(50);
  }

  private static HybridClock clock(long highWaterMillis) {
    HybridClock clock = new HybridClock(3, 0);
    clock.reserved(highWaterMillis);
    return clock;
  }
}
