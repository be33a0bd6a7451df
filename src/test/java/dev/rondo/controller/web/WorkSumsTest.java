package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkProgress.Kind;
import dev.rondo.bus.WorkerStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkSumsTest {

  private final WorkSums sums = new WorkSums();

  /** Three workers, each with its part of the hints for worker 3; null for one that has none. */
  private @Nullable WorkProgress hints(@Nullable WorkProgress... parts) {
    return sums.of(roster(Kind.HINTS, parts)).get(new WorkRates.Piece(Kind.HINTS, 3));
  }

  private static Roster roster(Kind kind, @Nullable WorkProgress... parts) {
    List<Roster.Entry> entries = new ArrayList<>();
    for (int id = 0; id < parts.length; id++) {
      WorkProgress part = parts[id];
      List<WorkProgress> work = part == null ? List.of() : List.of(part);
      assertThat(work).allMatch(one -> one.kind() == kind);
      entries.add(
          new Roster.Entry(
              id, "http://w" + id, WorkerStatus.ONLINE, 0, 0, null, Rosters.report(work)));
    }
    return new Roster(
        new Roster.Controller("6f0d2c1a9b3e4d57", 3000, 8000), Rosters.state(), entries, null);
  }

  private static WorkProgress part(long done, long total) {
    return new WorkProgress(Kind.HINTS, 3, done, total, "hints", false);
  }

  @Test
  void the_parts_of_several_workers_are_added_up() {
    assertThat(hints(part(10, 100), part(30, 60), null)).isEqualTo(part(40, 160));
  }

  @Test
  void a_piece_does_not_step_back_when_one_of_several_is_done() {
    hints(part(90, 100), part(30, 600), null);
    assertThat(hints(null, part(40, 600), null)).isEqualTo(part(130, 700));
    assertThat(hints(null, part(600, 600), null)).isEqualTo(part(690, 700));
  }

  @Test
  void a_run_that_goes_on_where_the_former_one_ended_counts_from_there() {
    hints(part(60, 100), part(30, 600), null);
    hints(null, part(40, 600), null);
    assertThat(hints(part(0, 40), part(50, 600), null)).isEqualTo(part(110, 700));
  }

  @Test
  void a_piece_that_is_over_is_forgotten() {
    hints(part(90, 100), null, null);
    assertThat(hints(null, null, null)).isNull();
    assertThat(hints(null, part(1, 5), null)).isEqualTo(part(1, 5));
  }

  @Test
  void what_nobody_can_tell_yet_is_not_known() {
    assertThat(hints(part(4, 0), null, null)).isEqualTo(part(4, 0));
    assertThat(hints(part(4, 0), part(5, 50), null)).isEqualTo(part(5, 50));
  }

  @Test
  void the_next_round_of_a_workers_own_work_begins_anew() {
    WorkProgress end = new WorkProgress(Kind.ANTI_ENTROPY, 0, 4000, 4096, "ranges", false);
    WorkProgress next = new WorkProgress(Kind.ANTI_ENTROPY, 0, 10, 4096, "ranges", false);
    sums.of(roster(Kind.ANTI_ENTROPY, end));
    assertThat(sums.of(roster(Kind.ANTI_ENTROPY, next)).values()).containsExactly(next);
  }
}
