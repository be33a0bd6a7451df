package dev.rondo.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeClockTest {

  private static final long NOON = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final AtomicLong wall = new AtomicLong(NOON);
  private final AtomicLong monotonic = new AtomicLong(5_000);
  private final NodeClock clock = new NodeClock(wall::get, monotonic::get);

  @Test
  void it_runs_on_where_the_wall_clock_leaps() {
    wall.addAndGet(HOUR);
    monotonic.addAndGet(10);
    clock.look();

    assertThat(clock.millis()).isEqualTo(NOON + 10);
    assertThat(clock.wallMillis()).isEqualTo(NOON + HOUR);
  }

  @Test
  void steps_add_up_for_whoever_was_not_there() {
    wall.addAndGet(HOUR);
    clock.look();
    clock.move(-70);
    wall.addAndGet(HOUR);
    clock.move(-30);

    assertThat(clock.look()).isEqualTo(new NodeClock.Steps(2 * HOUR, -100));
  }

  @Test
  void it_begins_behind_what_was_promised_before() {
    clock.notBefore(NOON + HOUR);
    assertThat(clock.millis()).isEqualTo(NOON + HOUR);

    clock.notBefore(NOON);
    assertThat(clock.millis()).isEqualTo(NOON + HOUR);
    assertThat(clock.look().movedMillis()).isEqualTo(HOUR);
  }

  @Test
  void it_follows_a_leap_when_it_is_told_to() {
    clock.follow(HOUR);
    assertThat(clock.millis()).isEqualTo(NOON + HOUR);
    clock.follow(-2 * HOUR);
    assertThat(clock.millis()).isEqualTo(NOON - HOUR);
  }

  @Test
  void but_not_to_before_what_was_promised() {
    clock.notBefore(NOON - 200);
    clock.follow(-HOUR);
    assertThat(clock.millis()).isEqualTo(NOON - 200);
    assertThat(clock.look().movedMillis()).isEqualTo(-200);
  }

  @Test
  void nobody_trusts_it_before_it_was_judged() {
    assertThat(clock.trust().sound()).isFalse();
  }
}
