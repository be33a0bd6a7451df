package dev.rondo.core.accord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.accord.Proposal.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two controllers that do not know of each other, three workers, one epoch. */
class RivalStoryTest {
  private final Acceptor[] workers = {Acceptor.BLANK, Acceptor.BLANK, Acceptor.BLANK};
  private final Proposal first =
      new Proposal(Set.of(0, 1, 2), new Ballot(1, "first"), States.of(5, 1));
  private final Proposal second =
      new Proposal(Set.of(0, 1, 2), new Ballot(2, "second"), States.of(5, 2));

  @Test
  void the_first_dies_after_its_majority_and_the_second_completes_what_it_began() {
    prepare(first, 0, 1);
    accept(first, 0, 1);
    assertThat(first.verdict()).isEqualTo(Verdict.WON);
    prepare(second, 1, 2);
    accept(second, 1, 2);
    assertThat(second.verdict()).isEqualTo(Verdict.WON);
    assertThat(second.state()).isEqualTo(first.state());
  }

  @Test
  void the_first_is_overtaken_between_its_phases() {
    prepare(first, 0, 1);
    prepare(second, 1, 2);
    accept(first, 0, 1);
    assertThat(first.verdict()).isEqualTo(Verdict.PENDING);
    accept(second, 1, 2);
    assertThat(second.verdict()).isEqualTo(Verdict.WON);
    accept(first, 2);
    assertThat(first.verdict()).isEqualTo(Verdict.LOST);
  }

  @Test
  void a_minority_that_accepted_need_not_be_heeded_but_may_be() {
    prepare(first, 0, 1);
    accept(first, 0);
    prepare(second, 1, 2);
    accept(second, 1, 2);
    assertThat(second.state()).isEqualTo(States.of(5, 2));
    Proposal third = new Proposal(Set.of(0, 1, 2), new Ballot(3, "first"), States.of(5, 1));
    prepare(third, 0, 1);
    assertThat(third.state()).isEqualTo(States.of(5, 2));
  }

  private void prepare(Proposal proposal, int... members) {
    for (int member : members) {
      workers[member]
          .promise(4, 5, proposal.ballot())
          .ifPresentOrElse(
              next -> {
                workers[member] = next;
                proposal.promised(member, next.accepted());
              },
              () -> proposal.refused(member));
    }
  }

  private void accept(Proposal proposal, int... members) {
    for (int member : members) {
      workers[member]
          .accept(4, proposal.ballot(), proposal.state())
          .ifPresentOrElse(
              next -> {
                workers[member] = next;
                proposal.accepted(member);
              },
              () -> proposal.refused(member));
    }
  }
}
