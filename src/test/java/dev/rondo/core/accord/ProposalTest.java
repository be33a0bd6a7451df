package dev.rondo.core.accord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.accord.Proposal.Verdict;
import dev.rondo.core.member.ClusterState;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProposalTest {
  private static final ClusterState WANTED = States.of(5, 3);
  private static final ClusterState OTHER = States.of(5, 2);

  private final Proposal proposal = new Proposal(Set.of(0, 1, 2, 3), new Ballot(9, "me"), WANTED);

  @Test
  void three_of_four_promise_and_three_of_four_accept() {
    proposal.promised(0, null);
    proposal.promised(1, null);
    assertThat(proposal.isAccepting()).isFalse();
    proposal.promised(2, null);
    assertThat(proposal.isAccepting()).isTrue();
    proposal.accepted(0);
    assertThat(proposal.accepted(1)).isEqualTo(Verdict.PENDING);
    assertThat(proposal.accepted(3)).isEqualTo(Verdict.WON);
    assertThat(proposal.state()).isEqualTo(WANTED);
  }

  @Test
  void a_vote_counts_once() {
    proposal.promised(0, null);
    proposal.promised(0, null);
    proposal.promised(0, null);
    assertThat(proposal.isAccepting()).isFalse();
  }

  @Test
  void strangers_have_no_vote() {
    proposal.promised(7, null);
    proposal.promised(8, null);
    proposal.promised(9, null);
    assertThat(proposal.isAccepting()).isFalse();
    proposal.refused(7);
    assertThat(proposal.refused(8)).isEqualTo(Verdict.PENDING);
  }

  @Test
  void what_another_controller_began_is_completed() {
    proposal.promised(0, new Vote(new Ballot(3, "other"), OTHER));
    proposal.promised(1, null);
    proposal.promised(2, null);
    assertThat(proposal.state()).isEqualTo(OTHER);
  }

  @Test
  void of_several_beginnings_the_latest_counts() {
    proposal.promised(0, new Vote(new Ballot(8, "other"), OTHER));
    proposal.promised(1, new Vote(new Ballot(3, "third"), States.of(5, 1)));
    proposal.promised(2, null);
    assertThat(proposal.state()).isEqualTo(OTHER);
  }

  @Test
  void what_is_heard_after_the_majority_changes_nothing() {
    proposal.promised(0, null);
    proposal.promised(1, null);
    proposal.promised(2, null);
    proposal.promised(3, new Vote(new Ballot(8, "other"), OTHER));
    assertThat(proposal.state()).isEqualTo(WANTED);
  }

  @Test
  void it_is_lost_when_no_majority_is_left() {
    assertThat(proposal.refused(0)).isEqualTo(Verdict.PENDING);
    assertThat(proposal.refused(0)).isEqualTo(Verdict.PENDING);
    assertThat(proposal.refused(1)).isEqualTo(Verdict.LOST);
  }

  @Test
  void nobody_accepts_before_a_majority_has_promised() {
    proposal.accepted(0);
    proposal.accepted(1);
    assertThat(proposal.accepted(2)).isEqualTo(Verdict.PENDING);
    assertThat(proposal.votes()).isZero();
  }

  @Test
  void a_cluster_of_one_decides_alone() {
    Proposal alone = new Proposal(Set.of(0), new Ballot(1, "me"), WANTED);
    alone.promised(0, null);
    assertThat(alone.accepted(0)).isEqualTo(Verdict.WON);
  }
}
