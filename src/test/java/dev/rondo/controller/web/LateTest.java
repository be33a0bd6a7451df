package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Writing.Acknowledgement;
import dev.rondo.core.version.Version;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class LateTest {

  private final Late late = new Late();

  @Test
  void the_latest_are_kept_and_no_more_than_fit() {
    for (int i = 1; i <= 1000; i++) {
      late.add(told(i), 1000);
    }
    assertThat(late.json(1000)).hasSize(Late.MAX);
    JsonObject last = late.json(1000).getJsonObject(Late.MAX - 1);
    assertThat(last.getString("trace")).isEqualTo(told(1000).version().toString());
  }

  @Test
  void what_is_old_is_forgotten() {
    late.add(told(1), 1000);
    late.add(told(2), 5000);
    assertThat(late.json(1000 + Late.AGE_MILLIS)).hasSize(2);
    assertThat(late.json(1001 + Late.AGE_MILLIS)).hasSize(1);
    assertThat(late.json(5001 + Late.AGE_MILLIS)).isEmpty();
  }

  private static LateAcknowledgement told(int counter) {
    return new LateAcknowledgement(Version.of(5_000, counter, 0), new Acknowledgement(2, 2, 900));
  }
}
