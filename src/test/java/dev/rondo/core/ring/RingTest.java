package dev.rondo.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.record.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTest {

  @Test
  void alpha_lives_where_the_contract_says() {
    int alpha = Position.of(Bytes.utf8("alpha"));
    assertThat(Position.toLong(alpha)).isEqualTo(739_722_147L);
    assertThat(Ring.of(List.of(0, 1, 2, 3), 10).preferenceList(alpha).owners(3))
        .containsExactly(0, 1, 2);
  }

  @Test
  void positions_are_unsigned() {
    Token low = new Token(0x7fff_ffff, 0, 0);
    Token high = new Token(0x8000_0000, 0, 0);
    assertThat(low).isLessThan(high);
    assertThat(Position.toLong(high.position())).isEqualTo(2_147_483_648L);
  }

  @Test
  void tokens_at_one_position_sort_by_worker() {
    List<Token> tokens = new ArrayList<>(List.of(new Token(7, 2, 0), new Token(7, 1, 9)));
    Collections.sort(tokens);
    assertThat(tokens).extracting(Token::worker).containsExactly(1, 2);
  }

  @Test
  void a_position_behind_the_last_token_wraps_to_the_first() {
    Ring ring = Ring.of(List.of(0, 1, 2, 3), 10);
    assertThat(ring.preferenceList(-1).worker(0)).isEqualTo(ring.tokens().get(0).worker());
  }

  @Test
  void the_order_in_which_workers_are_named_does_not_matter() {
    assertThat(Ring.of(List.of(3, 1, 1, 2), 10).tokens())
        .isEqualTo(Ring.of(List.of(1, 2, 3), 10).tokens());
  }

  @Test
  void one_worker_with_one_token_owns_everything() {
    Ring ring = Ring.of(List.of(5), 1);
    assertThat(ring.shares()).containsEntry(5, 1.0);
    assertThat(ring.preferenceList(123).owners(3)).containsExactly(5);
  }

  @Test
  void a_ring_without_workers_is_refused() {
    assertThatThrownBy(() -> Ring.of(List.of(), 10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void owners_come_first_and_stand_ins_behind_them() {
    PreferenceList list = PreferenceLists.of(4, 2, 0, 3);
    assertThat(list.owners(3)).containsExactly(4, 2, 0);
    assertThat(list.isOwner(0, 3)).isTrue();
    assertThat(list.isOwner(3, 3)).isFalse();
    assertThat(list.rankOf(9)).isEqualTo(-1);
  }

  @Test
  void a_window_has_the_position_of_its_own_bytes() {
    Bytes padded = Bytes.utf8("xxalphaxx").slice(2, 5);
    assertThat(Position.toLong(Position.of(padded))).isEqualTo(739_722_147L);
  }
}
