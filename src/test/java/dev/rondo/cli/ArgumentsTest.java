package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Different keys stay different, whatever the terminal and java call characters. */
class ArgumentsTest {

  private static final String POSIX = "ANSI_X3.4-1968";
  private static final String[] LOST = {"put", "\uFFFD\uFFFD", "v"};

  @Test
  void characters_that_the_locale_has_lost_are_refused() {
    assertThat(Arguments.fault(LOST, POSIX)).contains(POSIX, "LC_ALL=C.UTF-8");
  }

  @Test
  void the_same_character_may_be_meant_where_none_is_lost() {
    assertThat(Arguments.fault(LOST, "UTF-8")).isNull();
    assertThat(Arguments.fault(new String[] {"get", "k"}, POSIX)).isNull();
  }

  @Test
  void half_a_character_is_no_key() {
    assertThat(Server.escaped("\u00fc/\uD83D\uDE00")).isEqualTo("%C3%BC/%F0%9F%98%80");
    assertThatThrownBy(() -> Server.escaped("a\uD83D"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }
}
