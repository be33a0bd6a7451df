package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmendmentTest {

  private final NodeConfig config = Assembly.of(Spelling.ofJson(new JsonObject(), "nothing"));

  @Test
  void settings_of_verticles_are_changed_and_all_others_stay() {
    NodeConfig changed =
        Amendment.of(config, new JsonObject("{\"timeouts\":{\"hedgeMillis\":30},\"http\":{}}"));
    assertThat(changed.timeouts().hedgeMillis()).isEqualTo(30);
    assertThat(changed.http()).isEqualTo(config.http());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"host\":\"a\"}                       | the setting host belongs to the node",
        "{\"host\":{}}                          | the setting host belongs to the node",
        "{\"host\":{\"a\":1}}                   | the setting host belongs to the node",
        "{\"members\":{}}                       | the setting members belongs to the node",
        "{\"http\":{\"port\":1}}                | the setting http.port belongs to the node",
        "{\"http\":null}                        | there is no setting http",
        "{\"nothing\":{}}                       | there is no setting nothing",
        "{\"timeouts\":{\"hedgeMillis\":{}}}    | timeouts.hedgeMillis is {}, allowed",
        "{\"timeouts\":{\"hedgeMillis\":{\"a\":1}}} | timeouts.hedgeMillis is {"
      })
  void what_is_no_setting_of_a_verticle_is_refused(String changes, String message) {
    assertThatThrownBy(() -> Amendment.of(config, new JsonObject(changes)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }
}
