package dev.rondo.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {

  private static final Bytes HELLO = Bytes.utf8("hello");

  @Test
  void a_slice_is_a_window_and_no_copy() {
    Bytes slice = HELLO.slice(1, 3);
    assertThat(slice.array()).isSameAs(HELLO.array());
    assertThat(slice.toUtf8()).isEqualTo("ell");
  }

  @Test
  void a_slice_of_a_slice_counts_from_its_own_start() {
    assertThat(HELLO.slice(1, 4).slice(1, 2).toUtf8()).isEqualTo("ll");
  }

  @Test
  void a_slice_cannot_leave_its_window() {
    Bytes slice = HELLO.slice(1, 3);
    assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(1, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_byte_outside_the_window_is_out_of_reach() {
    Bytes slice = HELLO.slice(1, 3);
    assertThatThrownBy(() -> slice.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_array_of_a_slice_has_the_bytes_of_the_slice_alone() {
    assertThat(HELLO.slice(1, 3).toArray()).isEqualTo(new byte[] {'e', 'l', 'l'});
  }

  @Test
  void a_prefix_is_recognised_within_the_window_alone() {
    Bytes slice = HELLO.slice(1, 3);
    assertThat(slice.startsWith(Bytes.utf8("el"))).isTrue();
    assertThat(slice.startsWith(Bytes.utf8("ello"))).isFalse();
    assertThat(slice.startsWith(Bytes.EMPTY)).isTrue();
  }

  @Test
  void equality_and_order_are_those_of_the_bytes() {
    Bytes window = Bytes.utf8("xhellox").slice(1, 5);
    assertThat(window).isEqualTo(HELLO).hasSameHashCodeAs(HELLO).isEqualByComparingTo(HELLO);
    assertThat(Bytes.wrap(new byte[] {(byte) 0x80}))
        .isGreaterThan(Bytes.wrap(new byte[] {0x7f, 0x00}));
  }
}
