package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void lines_that_cannot_be_keys_are_left_out_and_doubles_too() {
    assertThat(Words.of(List.of("a", "", "b", "a", "x".repeat(1025), "x".repeat(1024))).list())
        .containsExactly("a", "b", "x".repeat(1024));
  }

  @Test
  void every_key_survives_its_path() {
    for (String word :
        List.of("Ångström's", "a/b?c#d&e=f", "100% + 1", "..", "日本", "~-_.", "%41")) {
      URI uri = URI.create("http://localhost" + Words.path(word));
      assertThat(uri.getRawQuery()).isNull();
      assertThat(uri.getPath()).isEqualTo("/kv/" + word);
    }
  }

  @Test
  void two_runs_have_different_values() {
    Words one = Words.of(List.of("a"));
    Words other = Words.of(List.of("a"));
    assertThat(one.valueOf("a")).isEqualTo(one.valueOf("a")).isNotEqualTo(other.valueOf("a"));
  }
}
