package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartScheduleTest {
  private static final Duration YOUNG = Duration.ofSeconds(59);
  private final RestartSchedule schedule = new RestartSchedule();

  @Test
  void pauses_double_up_to_half_a_minute() {
    List<Long> pauses = new ArrayList<>();
    for (int death = 1; death < RestartSchedule.FAILURES_MAX; death++) {
      pauses.add(schedule.afterDeath(YOUNG).orElseThrow().toSeconds());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L);
  }

  @Test
  void ten_young_deaths_in_a_row_are_enough() {
    for (int death = 1; death < 10; death++) {
      assertThat(schedule.afterDeath(Duration.ZERO)).isPresent();
    }
    assertThat(schedule.afterDeath(Duration.ZERO)).isEmpty();
    assertThat(schedule.failures()).isEqualTo(10);
  }

  @Test
  void a_death_that_is_forgiven_does_not_count() {
    schedule.forgive();
    assertThat(schedule.afterDeath(YOUNG)).contains(Duration.ofSeconds(1));
    assertThat(schedule.afterDeath(YOUNG)).contains(Duration.ofSeconds(2));
    schedule.forgive();
    assertThat(schedule.afterDeath(YOUNG)).contains(Duration.ofSeconds(2));
  }

  @Test
  void who_cannot_be_started_is_tried_for_ever_and_not_given_up() {
    List<Long> pauses = new ArrayList<>();
    for (int failure = 0; failure < 100; failure++) {
      pauses.add(schedule.afterFailure().toSeconds());
    }
    assertThat(pauses).startsWith(1L, 2L, 4L, 8L, 16L, 30L).endsWith(30L, 30L, 30L);
    assertThat(schedule.afterDeath(YOUNG)).contains(Duration.ofSeconds(1));
    schedule.begun();
    assertThat(schedule.afterFailure()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_minute_of_life_is_forgiveness() {
    for (int death = 1; death < 9; death++) {
      schedule.afterDeath(YOUNG);
    }
    assertThat(schedule.afterDeath(RestartSchedule.STABLE)).contains(Duration.ofSeconds(1));
    assertThat(schedule.afterDeath(YOUNG)).contains(Duration.ofSeconds(2));
  }
}
