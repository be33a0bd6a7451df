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
  void keys_sort_by_unsigned_bytes() {
    assertThat(Key.of("a")).isLessThan(Key.of("aa"));
    assertThat(Key.of("z")).isLessThan(Key.of("é"));
  }
}
