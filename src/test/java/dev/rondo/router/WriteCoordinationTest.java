package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.FIT;
import static dev.rondo.router.StubCluster.HASTY;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static dev.rondo.router.StubCluster.putLarge;
import static dev.rondo.router.StubCluster.traced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.LogLines;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 0 coordinates writes of a key that workers 0, 1 and 2 own. */
class WriteCoordinationTest {

  private final StubCluster cluster = StubCluster.seenBy(0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void the_client_is_answered_at_w_copies_while_the_third_is_outstanding() {
    cluster.start().worker(2).fallsSilent();

    Outcome.Acknowledged answer = acknowledged(cluster.write(put(ALPHA)));

    assertThat(answer.replicas()).isEqualTo(2);
    assertThat(answer.hinted()).isZero();
    assertThat(answer.w()).isEqualTo(2);
    assertThat(answer.n()).isEqualTo(3);
    assertThat(answer.coordinator()).isZero();
    assertThat(answer.note()).isEqualTo(Writing.Note.BACKGROUND_WRITE_ACTIVE);
    assertThat(answer.acknowledgements())
        .extracting(Writing.Acknowledgement::holder)
        .containsExactlyInAnyOrder(0, 1);
    assertThat(cluster.worker(1).stored.get(ALPHA).version()).isEqualTo(answer.version());
    assertThat(cluster.worker(2).stored).isEmpty();
    assertThat(cluster.writesUnderway()).isEqualTo(1);
  }

  @Test
  void the_third_copy_is_finished_behind_the_answer_and_the_log_says_so() {
    try (LogLines log = LogLines.of(WriteRun.class)) {
      cluster.start().worker(2).fallsSilent();
      acknowledged(cluster.write(put(ALPHA)));

      cluster.worker(2).speaks();

      await().until(() -> cluster.writesUnderway() == 0);
      assertThat(cluster.worker(2).stored).containsKey(ALPHA);
      assertThat(log.lines).containsExactly("Background write finished. Total copies: 3");
    }
  }

  @Test
  void the_third_copy_of_a_traced_write_is_told_with_its_time_when_it_is_there() {
    cluster.start().worker(2).fallsSilent();
    Outcome.Acknowledged answer = acknowledged(cluster.write(traced(put(ALPHA))));
    long slowest =
        answer.acknowledgements().stream()
            .mapToLong(Writing.Acknowledgement::micros)
            .max()
            .orElseThrow();
    assertThat(cluster.late).isEmpty();

    cluster.worker(2).speaks();

    await().until(() -> !cluster.late.isEmpty());
    assertThat(cluster.late).hasSize(1);
    assertThat(cluster.late.get(0).version()).isEqualTo(answer.version());
    Writing.Acknowledgement third = cluster.late.get(0).acknowledgement();
    assertThat(third.holder()).isEqualTo(2);
    assertThat(third.owner()).isEqualTo(2);
    assertThat(third.micros()).isGreaterThanOrEqualTo(slowest);
  }

  @Test
  void a_hint_behind_the_answer_is_told_with_the_owner_that_it_is_for() {
    cluster.suspects(2).start().worker(3).fallsSilent();
    acknowledged(cluster.write(traced(put(ALPHA))));

    cluster.worker(3).speaks();

    await().until(() -> !cluster.late.isEmpty());
    assertThat(cluster.late.get(0).acknowledgement().holder()).isEqualTo(3);
    assertThat(cluster.late.get(0).acknowledgement().owner()).isEqualTo(2);
  }

  @Test
  void nobody_is_told_of_a_write_that_nobody_follows() {
    cluster.start().worker(2).fallsSilent();
    acknowledged(cluster.write(put(ALPHA)));

    cluster.worker(2).speaks();

    await().until(() -> cluster.writesUnderway() == 0);
    acknowledged(cluster.write(traced(to(3, true, 30_000))));
    assertThat(cluster.late).isEmpty();
  }

  @Test
  void a_large_value_is_hedged_much_later_than_a_small_one() {
    cluster.timeouts(HASTY).start();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).fallsSilent();

    cluster.write(putLarge(ALPHA));
    cluster.write(put(ALPHA));

    await().until(() -> cluster.worker(3).hinted.size() == 4);
    assertThat(cluster.worker(3).hinted)
        .extracting(record -> record.encoded().length() < Patience.LARGE_BYTES)
        .containsExactly(true, true, false, false);
  }

  @Test
  void a_write_that_waits_for_all_owners_is_fully_replicated() {
    cluster.start();

    Outcome.Acknowledged answer = acknowledged(cluster.write(to(3, true, 30_000)));

    assertThat(answer.replicas()).isEqualTo(3);
    assertThat(answer.note()).isEqualTo(Writing.Note.FULLY_REPLICATED);
  }

  @Test
  void a_suspected_owner_gets_a_hint_that_counts_when_the_owners_cannot_make_w() {
    cluster.suspects(2).start();

    Outcome.Acknowledged answer = acknowledged(cluster.write(to(3, true, 30_000)));

    assertThat(answer.replicas()).isEqualTo(3);
    assertThat(answer.hinted()).isEqualTo(1);
    assertThat(answer.note()).isEqualTo(Writing.Note.HINTED);
    assertThat(answer.acknowledgements())
        .extracting(Writing.Acknowledgement::holder, Writing.Acknowledgement::owner)
        .contains(org.assertj.core.groups.Tuple.tuple(3, 2));
    assertThat(cluster.worker(3).hints).containsOnlyKeys(2);
    assertThat(cluster.worker(2).stored).isEmpty();
  }

  @Test
  void the_answer_names_every_worker_that_has_it_also_a_stand_in_that_was_not_needed() {
    cluster.suspects(2).start().worker(1).fallsSilent();
    Future<Outcome> answer = cluster.write(put(ALPHA));
    await().until(() -> cluster.worker(3).hints.containsKey(2));
    await().until(() -> cluster.worker(1).owes() == 1);
    assertThat(answer.isComplete()).isFalse();

    cluster.worker(1).speaks();

    assertThat(acknowledged(answer).replicas()).isEqualTo(3);
    assertThat(acknowledged(answer).hinted()).isEqualTo(1);
    assertThat(acknowledged(answer).note()).isEqualTo(Writing.Note.HINTED);
  }

  @Test
  void that_is_so_where_a_stand_in_cannot_count_too() {
    cluster.suspects(2).start().worker(1).fallsSilent();
    Future<Outcome> answer = cluster.write(to(2, false, 30_000));
    await().until(() -> cluster.worker(3).hints.containsKey(2));
    assertThat(answer.isComplete()).isFalse();

    cluster.worker(1).speaks();

    assertThat(acknowledged(answer).replicas()).isEqualTo(3);
    assertThat(acknowledged(answer).hinted()).isEqualTo(1);
    assertThat(acknowledged(answer).note()).isEqualTo(Writing.Note.HINTED);
  }

  @Test
  void silent_owners_get_a_hint_after_the_hedging_delay_and_the_client_its_answer() {
    cluster.timeouts(HASTY).start();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).fallsSilent();

    Outcome.Acknowledged answer = acknowledged(cluster.write(put(ALPHA)));

    assertThat(answer.replicas()).isEqualTo(2);
    assertThat(answer.hinted()).isEqualTo(1);
    assertThat(cluster.worker(3).hints).isNotEmpty();
    assertThat(cluster.meters.get("rondo.hedged").counter().count()).isEqualTo(1);
  }

  @Test
  void a_stand_in_takes_the_place_of_a_silent_owner_when_all_copies_are_waited_for() {
    cluster.timeouts(HASTY).start().worker(2).fallsSilent();

    Outcome.Acknowledged answer = acknowledged(cluster.write(to(3, true, 30_000)));

    assertThat(answer.replicas()).isEqualTo(3);
    assertThat(answer.hinted()).isEqualTo(1);
  }

  @Test
  void without_sloppiness_a_silent_owner_leaves_the_outcome_unknown_at_the_deadline() {
    cluster.timeouts(HASTY).start().worker(2).fallsSilent();

    assertThat(now(cluster.write(to(3, false, 300)))).isEqualTo(new Outcome.Unknown(3, 2));
    assertThat(cluster.worker(3).hints).isEmpty();
  }

  @Test
  void owners_that_are_merely_silent_are_tried_where_the_others_are_too_few() {
    cluster.hearsNothingOf(1, 2, 3).start();

    assertThat(acknowledged(cluster.write(to(2, false, 30_000))).hinted()).isZero();
    assertThat(cluster.worker(1).stored).containsKey(ALPHA);
  }

  @Test
  void without_sloppiness_a_suspected_owner_is_reason_enough_to_send_nothing() {
    cluster.suspects(2).start();

    assertThat(now(cluster.write(to(3, false, 30_000))))
        .isEqualTo(new Outcome.QuorumUnavailable(3, 2));
    assertThat(cluster.worker(0).stored).isEmpty();
    assertThat(cluster.writesUnderway()).isZero();
  }

  @Test
  void a_timeout_shorter_than_the_hedging_delay_is_kept() {
    cluster.start();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).fallsSilent();
    long began = System.nanoTime();

    assertThat(now(cluster.write(to(2, true, 50)))).isEqualTo(new Outcome.Unknown(2, 1));
    assertThat(System.nanoTime() - began).isLessThan(5_000_000_000L);
  }

  @Test
  void copies_that_fail_after_the_answer_are_still_counted_out() {
    cluster.suspects(3).start();
    cluster.worker(2).failsWith(PeerFault.Kind.UNANSWERED);

    acknowledged(cluster.write(put(ALPHA)));

    await().until(() -> cluster.writesUnderway() == 0);
  }

  @Test
  void a_replica_that_is_behind_in_time_is_passed_by_a_new_stamp() {
    Version newer = Version.of(System.currentTimeMillis() + 200, 7, 3);
    cluster.start();
    cluster.worker(1).holds(ALPHA, StubCluster.value(ALPHA, newer, "newer"));
    cluster.worker(2).holds(ALPHA, StubCluster.value(ALPHA, newer, "newer"));

    Outcome.Acknowledged answer = acknowledged(cluster.write(put(ALPHA)));

    assertThat(answer.version().isAfter(newer)).isTrue();
    assertThat(cluster.meters.get("rondo.superseded").counter().count()).isEqualTo(1);
  }

  @Test
  void what_lies_a_little_too_far_ahead_is_passed_when_its_time_has_come() {
    Version ahead = Version.of(System.currentTimeMillis() + 1200, 0, 3);
    cluster.start();
    cluster.worker(1).holds(ALPHA, StubCluster.value(ALPHA, ahead, "ahead"));
    cluster.worker(2).holds(ALPHA, StubCluster.value(ALPHA, ahead, "ahead"));

    Outcome.Acknowledged answer = acknowledged(cluster.write(put(ALPHA)));

    assertThat(answer.version().isAfter(ahead)).isTrue();
    assertThat(cluster.meters.get("rondo.superseded").counter().count()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_passed_before_the_deadline_is_not_waited_for() {
    Version ahead = Version.of(System.currentTimeMillis() + 3_600_000, 0, 3);
    cluster.start();
    cluster.worker(1).holds(ALPHA, StubCluster.value(ALPHA, ahead, "ahead"));
    cluster.worker(2).holds(ALPHA, StubCluster.value(ALPHA, ahead, "ahead"));

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 0));
    assertThat(cluster.meters.get("rondo.superseded").counter().count()).isEqualTo(1);
  }

  @Test
  void a_write_that_is_overtaken_again_and_again_neither_spins_nor_outlives_its_deadline() {
    Storing.Result newer = new Storing.Result.Newer(Version.of(System.currentTimeMillis(), 0, 3));
    cluster.start();
    cluster.worker(1).refuses(newer);
    cluster.worker(2).refuses(newer);

    assertThat(now(cluster.write(to(2, true, 300)))).isEqualTo(new Outcome.Unknown(2, 0));
    assertThat(cluster.meters.get("rondo.superseded").counter().count()).isBetween(2.0, 40.0);
  }

  @Test
  void with_a_full_disk_nothing_is_sent() {
    cluster.fitness(new Fitness(true, true, true, true, true, true, 0)).start();

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.DISK_FULL);
    assertThat(cluster.worker(1).stored).isEmpty();
  }

  @Test
  void with_a_failed_storage_nothing_is_sent() {
    cluster.fitness(new Fitness(true, true, true, true, false, false, 0)).start();

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.STORAGE_FAILED);
  }

  @Test
  void a_write_that_everybody_refused_was_not_written_and_the_own_reason_is_told() {
    cluster.start();
    cluster.worker(0).refuses(Storing.Result.Refusal.OVERLOADED);
    for (int peer = 1; peer < 4; peer++) {
      cluster.worker(peer).failsWith(PeerFault.Kind.NOT_SENT);
    }

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.OVERLOADED);
    cluster.worker(0).refuses(Storing.Result.Refusal.DISK_FULL);
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.DISK_FULL);
    cluster.worker(0).refuses(Storing.Result.Refusal.STORAGE_FAILED);
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.QuorumUnavailable(2, 0));
    await().until(() -> cluster.writesUnderway() == 0);
  }

  @Test
  void one_copy_too_few_leaves_the_outcome_unknown() {
    cluster.start();
    for (int peer = 1; peer < 4; peer++) {
      cluster.worker(peer).failsWith(PeerFault.Kind.NOT_SENT);
    }

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 1));
  }

  @Test
  void one_peer_that_may_have_it_leaves_the_outcome_unknown() {
    cluster.start();
    cluster.worker(0).refuses(Storing.Result.Refusal.DISK_FULL);
    cluster.worker(1).failsWith(PeerFault.Kind.UNANSWERED);
    cluster.worker(2).failsWith(PeerFault.Kind.NOT_SENT);
    cluster.worker(3).failsWith(PeerFault.Kind.NOT_SENT);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 0));
  }

  @Test
  void an_impossible_w_is_told_with_what_is_allowed() {
    cluster.start();

    assertThat(now(cluster.write(to(4, true, 30_000))))
        .isEqualTo(new Outcome.Impossible("w is 4, allowed are 1 to 3 (the replication factor)"));
  }

  @Test
  void a_new_replication_factor_is_used_by_the_next_write() {
    cluster.start();

    cluster.becomes(StubCluster.topology(2, 4, new Quorums(4, 4, 1)));

    assertThat(acknowledged(cluster.write(put(ALPHA))).replicas()).isEqualTo(4);
    assertThat(cluster.worker(3).stored).containsKey(ALPHA);
  }

  @Test
  void a_deletion_is_written_like_a_value() {
    cluster.start();
    Writing.Write delete =
        new Writing.Write(ALPHA, null, 0, true, 30_000, Writing.Condition.Always.ALWAYS);

    acknowledged(cluster.write(delete));

    assertThat(cluster.worker(1).stored.get(ALPHA).isTombstone()).isTrue();
  }

  @Test
  void a_forwarded_write_keeps_its_version_and_is_never_stamped_again() {
    Version stamped = Version.of(System.currentTimeMillis(), 1, 3);
    Version newer = Version.of(System.currentTimeMillis() + 100, 1, 3);
    cluster.start();

    assertThat(acknowledged(cluster.coordinate(put(ALPHA), stamped)).version()).isEqualTo(stamped);

    cluster.worker(1).refuses(new Storing.Result.Newer(newer));
    cluster.worker(2).refuses(new Storing.Result.Newer(newer));
    assertThat(now(cluster.coordinate(put(ALPHA), stamped)))
        .isEqualTo(new Outcome.Superseded(newer));
  }

  @Test
  void a_forwarded_write_is_declined_by_whoever_should_not_coordinate_it() {
    Version stamped = Version.of(System.currentTimeMillis(), 1, 3);
    Version ahead = Version.of(System.currentTimeMillis() + 60_000, 1, 3);
    Key foreign = Key.of("rrr");
    cluster.topology(StubCluster.topology(1, 4, new Quorums(2, 2, 2))).start();

    for (Future<Outcome> answer :
        List.of(cluster.coordinate(put(foreign), stamped), cluster.coordinate(put(ALPHA), ahead))) {
      assertThat(now(answer)).isEqualTo(Outcome.Refused.NOT_COORDINATING);
    }
    cluster.becomes(new Fitness(true, false, true, true, true, false, 0));
    assertThat(now(cluster.coordinate(put(ALPHA), stamped)))
        .isEqualTo(Outcome.Refused.NOT_COORDINATING);
    cluster.becomes(FIT);
    assertThat(now(cluster.coordinate(put(ALPHA), stamped)))
        .isInstanceOf(Outcome.Acknowledged.class);
  }

  private static Writing.Write to(int w, boolean sloppy, long timeoutMillis) {
    return StubCluster.write(ALPHA, w, sloppy, timeoutMillis, Writing.Condition.Always.ALWAYS);
  }

  private static Outcome.Acknowledged acknowledged(Future<Outcome> answer) {
    assertThat(now(answer)).isInstanceOf(Outcome.Acknowledged.class);
    return (Outcome.Acknowledged) now(answer);
  }
}
