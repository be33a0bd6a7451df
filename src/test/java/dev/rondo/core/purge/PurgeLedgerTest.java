package dev.rondo.core.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three workers, all of them owners of everything, by one clock. */
class PurgeLedgerTest {

  private static final long FRESH = 1_000;
  private static final long HOLD = 500;

  private final Topology topology =
      new Topology(
          new ClusterState(
              1,
              1,
              new Quorums(3, 2, 2),
              IntStream.range(0, 3)
                  .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
                  .toList()));
  private final PurgeLedger ledger = new PurgeLedger(0, topology, FRESH, HOLD);
  private final int arcs = ledger.cut().arcs();

  @Test
  void tombstones_from_before_exchanges_with_all_owners_are_ripe_when_everybody_said_so_twice() {
    exchanged(1, 10_000);
    exchanged(2, 11_000);
    all(12_000);
    ledger.advance(12_100, 12_100);
    assertThat(ledger.ripe()).isEmpty();
    all(13_000);
    ledger.advance(13_000, 13_000);
    assertThat(ledger.ripe()).hasSize(arcs);
    assertThat(ledger.ripe())
        .allSatisfy(ripe -> assertThat(ripe.ripe()).isEqualTo(10_000 - FRESH))
        .allSatisfy(ripe -> assertThat(ripe.sinceMillis()).isEqualTo(10_000))
        .allSatisfy(ripe -> assertThat(ripe.purge()).isZero());
  }

  @Test
  void they_may_go_when_they_are_ripe_at_all_owners() {
    exchanged(1, 10_000);
    exchanged(2, 10_000);
    all(12_000);
    ledger.advance(12_000, 12_000);
    for (int member : List.of(0, 1, 2)) {
      ledger.cleared(member, said(13_000, 0, 0, member == 2 ? 8_000 : 8_500));
    }
    ledger.advance(13_000, 13_000);
    assertThat(ledger.ripe()).allSatisfy(ripe -> assertThat(ripe.purge()).isEqualTo(8_000));
  }

  @Test
  void one_owner_without_an_exchange_is_enough_to_keep_them() {
    exchanged(1, 10_000);
    all(12_000);
    ledger.advance(12_000, 12_000);
    all(20_000);
    ledger.advance(20_000, 20_000);
    assertThat(ledger.ripe()).isEmpty();
    assertThat(ledger.obstacles()).containsOnlyKeys(Obstacle.EXCHANGE);
  }

  @Test
  void a_hint_anywhere_keeps_them_also_when_it_comes_meanwhile() {
    exchanged(1, 10_000);
    exchanged(2, 10_000);
    all(12_000);
    ledger.cleared(2, said(12_000, 0, 1, 0));
    ledger.advance(12_000, 12_000);
    assertThat(ledger.obstacles()).containsOnlyKeys(Obstacle.HINTS);
    all(12_100);
    ledger.advance(12_100, 12_100);
    assertThat(ledger.obstacles()).containsOnlyKeys(Obstacle.HOLD);
    all(13_000);
    ledger.cleared(1, said(13_000, 0, 1, 0));
    ledger.advance(13_000, 13_000);
    assertThat(ledger.ripe()).isEmpty();
  }

  @Test
  void an_owner_that_started_after_the_exchange_has_to_be_compared_again() {
    exchanged(1, 10_000);
    exchanged(2, 10_000);
    all(12_000);
    ledger.cleared(1, said(12_000, 11_000, 0, 0));
    ledger.advance(12_000, 12_000);
    assertThat(ledger.obstacles()).containsOnlyKeys(Obstacle.EXCHANGE);
  }

  @Test
  void what_was_said_before_the_exchange_ended_does_not_count() {
    all(10_000);
    exchanged(1, 10_000);
    exchanged(2, 10_000);
    ledger.advance(12_000, 12_000);
    assertThat(ledger.obstacles()).containsOnlyKeys(Obstacle.MEMBER);
  }

  @Test
  void an_arc_to_which_some_came_late_is_ripe_for_nobody_else() {
    exchanged(1, 10_000);
    exchanged(2, 10_000);
    all(12_000);
    ledger.advance(12_000, 12_000);
    all(13_000);
    ledger.advance(13_000, 13_000);
    assertThat(ledger.ripeByArc(arc -> 9_999)).containsOnly(9_000L);
    assertThat(ledger.ripeByArc(arc -> 10_000)).containsOnly(0L);
  }

  private void exchanged(int peer, long began) {
    for (int arc = 0; arc < arcs; arc++) {
      ledger.exchanged(peer, ledger.cut().to(arc), began, began, began + 100);
    }
  }

  private void all(long asked) {
    List.of(0, 1, 2).forEach(member -> ledger.cleared(member, said(asked, 0, 0, 0)));
  }

  private Clearance said(long asked, long started, long hints, long ripe) {
    return new Clearance(asked, started, true, true, hints, Collections.nCopies(arcs, ripe));
  }
}
