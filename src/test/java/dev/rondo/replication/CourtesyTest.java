package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourtesyTest {

  private final Courtesy courtesy = new Courtesy();

  private void heard(double p99Millis, boolean working) {
    courtesy.heard(p99Millis, 1_000, working);
  }

  @Test
  void nobody_is_stood_back_for_while_latencies_are_as_usual() {
    heard(3, false);
    heard(7, true);
    assertThat(courtesy.pauseMillis()).isZero();
  }

  @Test
  void pauses_get_longer_while_clients_suffer_and_have_a_limit() {
    heard(3, false);
    heard(30, true);
    assertThat(courtesy.pauseMillis()).isEqualTo(50);
    heard(30, true);
    assertThat(courtesy.pauseMillis()).isEqualTo(100);
    for (int i = 0; i < 20; i++) {
      heard(30, true);
    }
    assertThat(courtesy.pauseMillis()).isEqualTo(2_000);
  }

  @Test
  void they_end_when_latencies_are_as_usual_again() {
    heard(3, false);
    heard(30, true);
    heard(30, true);
    heard(3, true);
    heard(3, true);
    assertThat(courtesy.pauseMillis()).isZero();
  }

  @Test
  void what_is_slow_without_this_work_becomes_usual() {
    heard(3, false);
    for (int i = 0; i < 60; i++) {
      heard(30, false);
    }
    heard(30, true);
    assertThat(courtesy.pauseMillis()).isZero();
  }

  @Test
  void a_handful_of_requests_says_nothing() {
    heard(3, false);
    courtesy.heard(500, 5, true);
    assertThat(courtesy.pauseMillis()).isZero();
  }
}
