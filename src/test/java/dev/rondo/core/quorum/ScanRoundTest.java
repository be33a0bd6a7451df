package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Four workers, three copies, two of which are read: any three know every key. */
class ScanRoundTest {

  @Test
  void everybody_is_waited_for_at_first() {
    ScanRound round = round(Set.of(), Set.of());
    answer(round, 0, 1, 2);
    assertThat(round.isOver()).isFalse();
    round.answered(3, true);
    assertThat(round.isOver()).isTrue();
  }

  @Test
  void after_a_hedging_delay_the_silent_one_is_not() {
    ScanRound round = round(Set.of(), Set.of());
    answer(round, 0, 1, 2);
    round.keepWaiting();
    assertThat(round.isOver()).isTrue();
    assertThat(round.isComplete()).isTrue();
  }

  @Test
  void whoever_comes_behind_the_hedging_delay_ends_it_as_well() {
    ScanRound round = round(Set.of(), Set.of());
    answer(round, 0, 1);
    round.keepWaiting();
    assertThat(round.isOver()).isFalse();
    round.answered(2, true);
    assertThat(round.isOver()).isTrue();
  }

  @Test
  void a_suspect_is_not_waited_for_at_all() {
    ScanRound round = round(Set.of(3), Set.of());
    answer(round, 0, 1, 2);
    assertThat(round.isOver()).isTrue();
  }

  @Test
  void too_few_are_waited_for_until_the_rest_has_failed() {
    ScanRound round = round(Set.of(), Set.of());
    answer(round, 0, 1);
    waitFor(round, Silence.COUNTED_AFTER);
    assertThat(round.isOver()).isFalse();
    round.failed(2);
    round.failed(3);
    assertThat(round.isOver()).isTrue();
    assertThat(round.isComplete()).isFalse();
  }

  @Test
  void a_worker_that_lost_its_data_does_not_count() {
    ScanRound round = round(Set.of(), Set.of());
    answer(round, 0, 1);
    round.answered(2, false);
    round.failed(3);
    assertThat(round.isOver()).isTrue();
    assertThat(round.isComplete()).isFalse();
  }

  @Test
  void those_that_have_not_caught_up_do_not_answer_for_one_that_is_slow() {
    for (Set<Integer> silent : List.of(Set.<Integer>of(), Set.of(0))) {
      ScanRound round = round(silent, Set.of(1, 2));
      answer(round, 1, 2, 3);
      waitFor(round, Silence.COUNTED_AFTER - 1);
      assertThat(round.isOver()).isFalse();
      round.keepWaiting();
      assertThat(round.isOver()).isTrue();
    }
  }

  @Test
  void one_that_has_not_caught_up_itself_is_not_waited_for() {
    ScanRound round = round(Set.of(), Set.of(0, 1));
    answer(round, 1, 2, 3);
    round.keepWaiting();
    assertThat(round.isOver()).isTrue();
  }

  private static void answer(ScanRound round, int... workers) {
    for (int worker : workers) {
      round.answered(worker, true);
    }
  }

  private static void waitFor(ScanRound round, int delays) {
    for (int i = 0; i < delays; i++) {
      round.keepWaiting();
    }
  }

  private static ScanRound round(Set<Integer> silent, Set<Integer> behind) {
    List<Member> members =
        IntStream.range(0, 4).mapToObj(id -> new Member(id, "127.0.0.1", 1, 1)).toList();
    Topology topology = new Topology(new ClusterState(1, 10, new Quorums(3, 2, 2), members));
    return new ScanRound(
        topology, List.of(0, 1, 2, 3), new Opinion(Set.of(), silent), behind::contains);
  }
}
