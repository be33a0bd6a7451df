package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long START = 5_000;

  @Test
  void a_thousand_a_second_are_due_a_millisecond_apart() {
    Arrivals arrivals = Arrivals.within(Duration.ofSeconds(1), START, 1000, Long.MAX_VALUE);
    assertThat(arrivals.total()).isEqualTo(1000);
    assertThat(arrivals.at(0)).isEqualTo(START);
    assertThat(arrivals.at(999)).isEqualTo(START + 999_000_000L);
  }

  @Test
  void each_is_due_at_its_time_and_not_before() {
    Arrivals arrivals = Arrivals.within(Duration.ofSeconds(2), START, 250, Long.MAX_VALUE);
    assertThat(arrivals.due(START - 1)).isZero();
    for (long number = 0; number < arrivals.total(); number++) {
      assertThat(arrivals.due(arrivals.at(number))).isEqualTo(number + 1);
      assertThat(arrivals.due(arrivals.at(number) - 1)).isEqualTo(number);
    }
  }

  @Test
  void no_more_are_due_than_there_are() {
    assertThat(Arrivals.within(Duration.ofSeconds(1), START, 1000, 7).due(Long.MAX_VALUE))
        .isEqualTo(7);
    assertThat(Arrivals.within(null, START, 1000, 9).total()).isEqualTo(9);
  }
}
