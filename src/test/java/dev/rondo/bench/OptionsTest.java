package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void a_mix_names_reads_before_writes() {
    assertThat(Mix.parse("write").reads()).isZero();
    assertThat(Mix.parse("read").reads()).isEqualTo(1);
    assertThat(Mix.parse("95/5").reads()).isEqualTo(0.95);
    assertThat(Mix.parse("0/100").reads()).isZero();
  }

  @Test
  void a_mix_that_does_not_make_a_hundred_is_refused() {
    for (String text : new String[] {"0/0", "60/50", "1/3", "95", "a/b", "-1/2", "", "1/2/3"}) {
      assertThatThrownBy(() -> Mix.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--mix is '" + text + "', allowed: ");
    }
  }

  @Test
  void durations_have_units() {
    DurationConverter converter = new DurationConverter();
    assertThat(converter.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(converter.convert("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(converter.convert("7")).isEqualTo(Duration.ofSeconds(7));
    assertThat(converter.convert("2m")).isEqualTo(Duration.ofMinutes(2));
    assertThatThrownBy(() -> converter.convert("soon")).hasMessageContaining("'soon'");
  }

  @Test
  void a_target_is_a_host_and_a_port() {
    assertThat(Target.parse("http://127.0.0.1:5001/")).isEqualTo(new Target("127.0.0.1", 5001));
    for (String url : new String[] {"127.0.0.1:5001", "https://a:1", "http://a:1/kv", "x y"}) {
      assertThatThrownBy(() -> Target.parse(url))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_total_is_shared_among_the_lanes_without_a_rest() {
    Plan plan = new LoadOptions().plan(Duration.ofSeconds(1));
    assertThat(plan.share(10, 0)).isEqualTo(10);
    assertThat(plan.isOpen()).isFalse();
  }
}
