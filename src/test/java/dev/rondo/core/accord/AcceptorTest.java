package dev.rondo.core.accord;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptorTest {
  private static final Ballot LOW = new Ballot(1, "b");
  private static final Ballot MIDDLE = new Ballot(2, "a");
  private static final Ballot HIGH = new Ballot(2, "b");

  @Test
  void rounds_come_before_names() {
    assertThat(LOW).isLessThan(MIDDLE);
    assertThat(MIDDLE).isLessThan(HIGH);
    assertThat(Ballot.NONE).isLessThan(LOW);
  }

  @Test
  void a_promise_refuses_lower_ballots_in_both_phases() {
    Acceptor promised = Acceptor.BLANK.promise(4, 5, MIDDLE).orElseThrow();
    assertThat(promised.promise(4, 5, LOW)).isEmpty();
    assertThat(promised.accept(4, LOW, States.of(5, 2))).isEmpty();
  }

  @Test
  void a_promise_is_given_again_to_the_same_ballot() {
    Acceptor promised = Acceptor.BLANK.promise(4, 5, MIDDLE).orElseThrow();
    assertThat(promised.promise(4, 5, MIDDLE)).contains(promised);
  }

  @Test
  void a_later_promise_still_knows_what_was_accepted() {
    Acceptor accepted = Acceptor.BLANK.accept(4, LOW, States.of(5, 2)).orElseThrow();
    Acceptor promised = accepted.promise(4, 5, HIGH).orElseThrow();
    assertThat(promised.promised()).isEqualTo(HIGH);
    assertThat(promised.accepted()).isEqualTo(new Vote(LOW, States.of(5, 2)));
  }

  @Test
  void a_worker_that_heard_no_question_may_still_accept() {
    Acceptor accepted = Acceptor.BLANK.accept(4, HIGH, States.of(5, 3)).orElseThrow();
    assertThat(accepted.promised()).isEqualTo(HIGH);
  }

  @Test
  void a_worker_has_no_say_in_what_is_decided_or_too_far_ahead() {
    assertThat(Acceptor.BLANK.promise(4, 4, HIGH)).isEmpty();
    assertThat(Acceptor.BLANK.promise(4, 6, HIGH)).isEmpty();
    assertThat(Acceptor.BLANK.accept(4, HIGH, States.of(4, 2))).isEmpty();
  }

  @Test
  void the_next_epoch_starts_blank() {
    Acceptor accepted = Acceptor.BLANK.accept(4, HIGH, States.of(5, 2)).orElseThrow();
    assertThat(accepted.promise(5, 6, LOW)).contains(new Acceptor(6, LOW, null));
  }

  @Test
  void a_worker_whose_state_was_not_kept_does_not_vote_on_an_epoch_again() {
    Acceptor later = Acceptor.BLANK.promise(5, 6, LOW).orElseThrow();
    assertThat(later.promise(4, 5, HIGH)).isEmpty();
  }
}
