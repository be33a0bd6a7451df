package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {

  @Test
  void no_more_is_taken_than_there_is() {
    Allowance allowance = new Allowance(10);
    assertThat(allowance.take(7)).isTrue();
    assertThat(allowance.take(4)).isFalse();
    assertThat(allowance.take(3)).isTrue();
    allowance.giveBack(7);
    assertThat(allowance.take(7)).isTrue();
    assertThat(allowance.take(1)).isFalse();
  }
}
