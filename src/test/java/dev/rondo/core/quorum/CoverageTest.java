package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has to answer so that no key is left out. */
class CoverageTest {

  @Test
  void of_four_workers_with_three_copies_any_three_know_every_key() {
    for (int missing = 0; missing < 4; missing++) {
      assertThat(isComplete(new Quorums(3, 2, 2), null, without(missing))).isTrue();
    }
  }

  @Test
  void two_of_them_do_not() {
    assertThat(isComplete(new Quorums(3, 2, 2), null, Set.of(0, 1))).isFalse();
  }

  @Test
  void with_two_copies_that_are_read_both_nobody_may_be_missing() {
    assertThat(isComplete(new Quorums(2, 1, 2), null, Set.of(0, 1, 2, 3))).isTrue();
    assertThat(isComplete(new Quorums(2, 1, 2), null, without(2))).isFalse();
  }

  @Test
  void during_a_change_the_former_quorums_count_as_well() {
    assertThat(isComplete(new Quorums(3, 2, 2), new Quorums(2, 1, 2), without(1))).isFalse();
  }

  private static Set<Integer> without(int missing) {
    return Set.copyOf(IntStream.range(0, 4).filter(id -> id != missing).boxed().toList());
  }

  private static boolean isComplete(
      Quorums quorums, @Nullable Quorums former, Set<Integer> answering) {
    List<Member> members =
        IntStream.range(0, 4).mapToObj(id -> new Member(id, "127.0.0.1", 1, 1)).toList();
    ClusterState state = new ClusterState(1, 10, quorums, former, members);
    return Coverage.isComplete(state, new Topology(state).ring(), answering);
  }
}
