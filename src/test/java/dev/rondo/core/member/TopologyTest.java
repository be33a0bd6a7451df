package dev.rondo.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.record.Key;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {

  private static final Quorums QUORUMS = new Quorums(3, 2, 2);

  @ParameterizedTest
  @CsvSource({"0,1,1", "-1,1,1", "33,2,2", "3,0,2", "3,4,2", "3,2,0", "3,2,4"})
  void impossible_quorums_are_refused(int n, int w, int r) {
    assertThatThrownBy(() -> new Quorums(n, w, r)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,3,1", "3,1,3", "32,32,32"})
  void possible_quorums_are_taken(int n, int w, int r) {
    assertThat(new Quorums(n, w, r).replicationFactor()).isEqualTo(n);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_000})
  void worker_ids_have_bounds(int id) {
    assertThatThrownBy(() -> member(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_member_knows_what_it_is_called_and_where_it_is() {
    assertThat(member(2).name()).isEqualTo("Worker 2");
    assertThat(member(2).url()).isEqualTo("http://127.0.0.1:5003");
  }

  @Test
  void members_are_kept_in_order_of_id() {
    ClusterState state = new ClusterState(1, 10, QUORUMS, List.of(member(2), member(0), member(1)));
    assertThat(state.members()).extracting(Member::id).containsExactly(0, 1, 2);
  }

  @Test
  void two_members_with_one_id_are_refused() {
    List<Member> members = List.of(member(0), member(1), member(2), member(1));
    assertThatThrownBy(() -> new ClusterState(1, 10, QUORUMS, members))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void more_copies_than_members_are_refused() {
    List<Member> members = List.of(member(0), member(1));
    assertThatThrownBy(() -> new ClusterState(1, 10, QUORUMS, members))
        .hasMessageContaining("replicationFactor is 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1025})
  void virtual_nodes_have_bounds(int vnodes) {
    assertThatThrownBy(() -> new ClusterState(1, vnodes, QUORUMS, members(4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_topology_knows_the_owners_of_a_key() {
    Topology topology = new Topology(new ClusterState(1, 10, QUORUMS, members(4)));
    assertThat(topology.preferenceList(Key.of("alpha")).owners(3)).containsExactly(0, 1, 2);
    assertThat(topology.isOwner(2, Key.of("alpha"))).isTrue();
    assertThat(topology.isOwner(3, Key.of("alpha"))).isFalse();
  }

  @Test
  void the_topology_knows_its_members_and_nobody_else() {
    Topology topology = new Topology(new ClusterState(1, 10, QUORUMS, members(4)));
    assertThat(topology.member(3)).contains(member(3));
    assertThat(topology.member(4)).isEmpty();
  }

  private static List<Member> members(int count) {
    return IntStream.range(0, count).mapToObj(TopologyTest::member).toList();
  }

  private static Member member(int id) {
    return new Member(id, "127.0.0.1", 5001 + id, 6001 + id);
  }
}
