package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one cluster state asks of writes and reads. */
class QuorumRulesTest {

  private final ClusterState settled =
      new ClusterState(
          1,
          10,
          new Quorums(2, 2, 1),
          IntStream.range(0, 5)
              .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
              .toList());

  private final QuorumRules raised = rules(new Quorums(3, 2, 2));
  private final QuorumRules lowered = rules(new Quorums(1, 1, 1));

  private QuorumRules rules(Quorums next) {
    return new QuorumRules(settled.changingTo(next));
  }

  @Test
  void without_a_change_there_is_one_requirement() {
    QuorumRules rules = new QuorumRules(settled);
    assertThat(both(rules.write(0))).containsExactly(of(2, 2), of(2, 2));
    assertThat(both(rules.read(0))).containsExactly(of(2, 1), of(2, 1));
    assertThat(both(rules.read(2))).containsExactly(of(2, 2), of(2, 2));
  }

  @Test
  void a_change_asks_for_the_former_quorums_as_well_and_tells_the_new_ones() {
    assertThat(both(raised.write(0))).containsExactly(of(2, 2), of(3, 2));
    assertThat(both(raised.read(0))).containsExactly(of(2, 1), of(3, 2));
    assertThat(raised.write(0).told()).isEqualTo(of(3, 2));
    assertThat(both(lowered.write(0))).containsExactly(of(1, 1), of(2, 2));
    assertThat(lowered.write(0).told()).isEqualTo(of(1, 1));
    assertThat(lowered.write(0).owners()).isEqualTo(2);
  }

  @Test
  void the_number_of_a_client_goes_for_both_quorums_as_far_as_they_have_owners() {
    assertThat(both(raised.write(1))).containsExactly(of(2, 1), of(3, 1));
    assertThat(both(raised.read(1))).containsExactly(of(2, 1), of(3, 1));
    assertThat(both(raised.write(3))).containsExactly(of(2, 2), of(3, 3));
    assertThat(both(lowered.read(1))).containsExactly(of(1, 1), of(2, 1));
  }

  @Test
  void a_client_may_ask_for_as_much_as_there_are_owners_under_the_new_n() {
    assertThat(raised.allow(3)).isTrue();
    assertThat(raised.allow(4)).isFalse();
    assertThat(lowered.allow(1)).isTrue();
    assertThat(lowered.allow(2)).isFalse();
    assertThat(lowered.allow(-1)).isFalse();
  }

  @Test
  void a_number_that_a_change_has_made_too_large_is_as_large_as_it_can_be() {
    assertThat(lowered.write(2)).isSameAs(lowered.write(1));
  }

  @Test
  void with_the_same_n_the_larger_number_is_asked_for() {
    QuorumRules rules = rules(new Quorums(2, 1, 2));
    assertThat(both(rules.write(0))).containsExactly(of(2, 2), of(2, 2));
    assertThat(both(rules.read(0))).containsExactly(of(2, 2), of(2, 2));
    assertThat(rules.write(0).told()).isEqualTo(of(2, 1));
  }

  @Test
  void what_satisfies_both_satisfies_the_new_one_but_not_the_other_way_round() {
    Requirements joint = raised.write(0);
    assertThat(joint.imply(Requirements.of(3, 2))).isTrue();
    assertThat(joint.imply(Requirements.of(2, 2))).isTrue();
    assertThat(Requirements.of(3, 2).imply(joint)).isFalse();
    assertThat(Requirements.of(2, 2).imply(joint)).isTrue();
    assertThat(Requirements.of(3, 2).imply(Requirements.of(2, 1))).isFalse();
  }

  private static List<Requirement> both(Requirements requirements) {
    return List.of(requirements.narrow(), requirements.wide());
  }

  private static Requirement of(int owners, int required) {
    return new Requirement(owners, required);
  }
}
