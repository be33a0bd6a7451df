package dev.rondo.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumChangeTest {
  private static final List<Member> MEMBERS =
      IntStream.range(0, 4).mapToObj(id -> new Member(id, "host", 1, 2)).toList();
  private static final ClusterState STATE = new ClusterState(1, 10, new Quorums(3, 2, 2), MEMBERS);

  @Test
  void what_is_not_spoken_of_stays() {
    assertThat(new QuorumChange(4, null, null).applyTo(STATE)).isEqualTo(new Quorums(4, 2, 2));
    assertThat(new QuorumChange(null, 3, null).applyTo(STATE)).isEqualTo(new Quorums(3, 3, 2));
    assertThat(new QuorumChange(null, null, null).applyTo(STATE)).isEqualTo(STATE.quorums());
  }

  @Test
  void a_quorum_that_would_be_impossible_is_lowered() {
    assertThat(new QuorumChange(1, null, null).applyTo(STATE)).isEqualTo(new Quorums(1, 1, 1));
  }

  @Test
  void a_quorum_that_was_asked_for_is_never_changed() {
    assertThatThrownBy(() -> new QuorumChange(1, 2, null).applyTo(STATE))
        .hasMessage("writeQuorum is 2, allowed are 1 to 1 (the replication factor)");
    assertThatThrownBy(() -> new QuorumChange(null, null, 0).applyTo(STATE))
        .hasMessage("readQuorum is 0, allowed are 1 to 3 (the replication factor)");
  }

  @Test
  void there_are_no_more_copies_than_members() {
    assertThatThrownBy(() -> new QuorumChange(5, null, null).applyTo(STATE))
        .hasMessage("replicationFactor is 5, allowed are 1 to 4 (4 members)");
    assertThatThrownBy(() -> new QuorumChange(0, null, null).applyTo(STATE))
        .hasMessage("replicationFactor is 0, allowed are 1 to 4 (4 members)");
  }
}
