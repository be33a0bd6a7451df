package dev.rondo.core.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HintLedgerTest {

  private final HintLedger ledger = new HintLedger(100, 1000);

  @Test
  void hints_are_counted_for_each_owner() {
    ledger.added(1, 10);
    ledger.added(2, 20);
    ledger.added(2, 30);
    assertThat(ledger.summary()).isEqualTo(new HintLedger.Summary(Map.of(1, 1L, 2, 2L), 60, 0));
  }

  @Test
  void an_owner_without_hints_is_not_mentioned() {
    ledger.added(1, 10);
    ledger.removed(1, 10);
    assertThat(ledger.summary()).isEqualTo(HintLedger.Summary.EMPTY);
  }

  @Test
  void there_is_room_up_to_the_limit_and_not_beyond() {
    ledger.added(1, 60);
    assertThat(ledger.hasRoomFor(40)).isTrue();
    assertThat(ledger.hasRoomFor(41)).isFalse();
  }

  @Test
  void what_is_removed_makes_room() {
    ledger.added(1, 100);
    ledger.removed(1, 100);
    assertThat(ledger.hasRoomFor(100)).isTrue();
  }

  @Test
  void a_hint_expires_after_the_window() {
    assertThat(ledger.isExpired(5000, 6000)).isFalse();
    assertThat(ledger.isExpired(5000, 6001)).isTrue();
  }

  @Test
  void a_hint_from_the_future_is_kept() {
    assertThat(ledger.isExpired(Long.MAX_VALUE, 0)).isFalse();
  }

  @Test
  void a_recount_forgets_what_is_kept_but_not_what_was_dropped() {
    ledger.added(1, 10);
    ledger.dropped(3);
    ledger.recount();
    assertThat(ledger.summary()).isEqualTo(new HintLedger.Summary(Map.of(), 0, 3));
  }
}
