package dev.rondo.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyTest {

  @Test
  void a_key_has_at_least_one_byte() {
    assertThatThrownBy(() -> Key.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Key.of("k").bytes().length()).isEqualTo(1);
  }

  @Test
  void a_key_has_at_most_1024_bytes() {
    assertThat(Key.of("k".repeat(1024)).bytes().length()).isEqualTo(1024);
    assertThatThrownBy(() -> Key.of("k".repeat(1025))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_limit_counts_bytes_and_not_characters() {
    assertThat(Key.of("é".repeat(512)).bytes().length()).isEqualTo(1024);
    assertThatThrownBy(() -> Key.of("é".repeat(513))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keys_are_equal_by_their_bytes() {
    Key window = Key.of(Bytes.utf8("--key--").slice(2, 3));
    assertThat(window).isEqualTo(Key.of("key")).hasSameHashCodeAs(Key.of("key"));
  }

  @Test
  void a_key_in_a_log_cannot_end_its_line() {
    assertThat(Key.of("a\nStored 'b' locally").printable())
        .isEqualTo("a\\u000AStored \\u0027b\\u0027 locally");
    assertThat(Key.of("\r\u001b[2J\u0085\u2028\u202e").printable())
        .isEqualTo("\\u000D\\u001B[2J\\u0085\\u2028\\u202E");
  }

  @Test
  void different_keys_look_different_in_a_log() {
    assertThat(Key.of("\\u000A").printable()).isNotEqualTo(Key.of("\n").printable());
  }

  @Test
  void a_harmless_key_is_logged_as_it_is() {
    assertThat(Key.of("user/42: é 漢 😀").printable()).isEqualTo("user/42: é 漢 😀");
  }

  @Test
  void keys_sort_by_unsigned_bytes() {
    assertThat(Key.of("a")).isLessThan(Key.of("aa"));
    assertThat(Key.of("z")).isLessThan(Key.of("é"));
  }
}
