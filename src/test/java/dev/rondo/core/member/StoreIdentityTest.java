package dev.rondo.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.member.StoreIdentity.Verdict;
import dev.rondo.core.record.Bytes;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreIdentityTest {
  private static final Set<Integer> FOUR = Set.of(0, 1, 2, 3);
  private static final Bytes OWN = Bytes.utf8("own");

  private final StoreIdentity identity = new StoreIdentity(0, OWN);

  @Test
  void the_only_member_is_new_at_once() {
    assertThat(identity.verdict(Set.of(0), false)).isEqualTo(Verdict.NEW);
  }

  @Test
  void a_minority_of_strangers_proves_nothing() {
    identity.answered(1, Bytes.EMPTY);
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.PENDING);
  }

  @Test
  void a_majority_of_strangers_makes_it_new() {
    identity.answered(1, Bytes.EMPTY);
    identity.answered(3, Bytes.EMPTY);
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.NEW);
  }

  @Test
  void the_same_stranger_counts_once() {
    identity.answered(1, Bytes.EMPTY);
    identity.answered(1, Bytes.EMPTY);
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.PENDING);
  }

  @Test
  void one_member_that_knew_another_store_proves_the_loss() {
    identity.answered(2, Bytes.utf8("other"));
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.LOST);
  }

  @Test
  void members_that_know_it_under_its_own_id_change_nothing() {
    identity.answered(1, OWN);
    identity.answered(2, Bytes.EMPTY);
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.NEW);
  }

  @Test
  void workers_that_are_no_members_have_no_say() {
    identity.answered(7, Bytes.EMPTY);
    identity.answered(8, Bytes.EMPTY);
    assertThat(identity.verdict(FOUR, false)).isEqualTo(Verdict.PENDING);
  }

  @Test
  void of_three_members_both_others_must_have_answered() {
    identity.answered(1, Bytes.EMPTY);
    assertThat(identity.verdict(Set.of(0, 1, 2), false)).isEqualTo(Verdict.PENDING);
    identity.answered(2, Bytes.EMPTY);
    assertThat(identity.verdict(Set.of(0, 1, 2), false)).isEqualTo(Verdict.NEW);
  }

  @Test
  void a_majority_with_this_worker_has_to_do_when_nobody_else_comes() {
    identity.answered(1, Bytes.EMPTY);
    assertThat(identity.verdict(Set.of(0, 1, 2), true)).isEqualTo(Verdict.NEW);
    assertThat(identity.verdict(FOUR, true)).isEqualTo(Verdict.PENDING);
  }
}
