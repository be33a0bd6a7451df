package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.HASTY;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static dev.rondo.router.StubCluster.traced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 3 takes in writes of a key that workers 0, 1 and 2 own. */
class WriteProxyTest {

  private static final Outcome WRITTEN =
      new Outcome.Acknowledged(
          Version.of(1, 1, 3), 2, 0, 2, 3, Writing.Note.BACKGROUND_WRITE_ACTIVE, 0, List.of());

  private final StubCluster cluster = StubCluster.seenBy(3);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void the_first_owner_coordinates_and_its_answer_is_passed_back_unchanged() {
    cluster.start().worker(0).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(0).forwardedWrites.get(0).version().worker()).isEqualTo(3);
    assertThat(cluster.worker(1).forwardedWrites).isEmpty();
  }

  @Test
  void a_write_that_is_followed_is_so_at_its_coordinator_too() {
    cluster.suspects(0).start().worker(1).coordinatesTo(WRITTEN);

    now(cluster.write(traced(put(ALPHA))));
    now(cluster.write(put(ALPHA)));

    assertThat(cluster.worker(1).forwardedWrites)
        .extracting(forwarded -> forwarded.write().traced())
        .containsExactly(true, false);
  }

  @Test
  void a_suspected_owner_is_asked_last() {
    cluster.suspects(0).start().worker(1).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(0).forwardedWrites).isEmpty();
  }

  @Test
  void the_second_owner_is_asked_at_once_when_the_first_cannot_be_reached() {
    cluster.start().worker(0).failsWith(PeerFault.Kind.NOT_SENT);
    cluster.worker(1).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
  }

  @Test
  void the_second_owner_is_asked_when_the_first_one_refuses() {
    cluster.start().worker(0).coordinatesTo(Outcome.Refused.NOT_COORDINATING);
    cluster.worker(1).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
  }

  @Test
  void on_silence_every_further_owner_is_asked_to_write_the_same_version() {
    cluster.timeouts(HASTY).start();
    cluster.worker(0).fallsSilent();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    Version version = cluster.worker(0).forwardedWrites.get(0).version();
    assertThat(cluster.worker(1).forwardedWrites.get(0).version()).isEqualTo(version);
    assertThat(cluster.worker(2).forwardedWrites.get(0).version()).isEqualTo(version);
  }

  @Test
  void when_no_owner_was_reached_nothing_was_sent() {
    cluster.start();
    owners(PeerFault.Kind.NOT_SENT);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.QuorumUnavailable(2, 0));
  }

  @Test
  void one_owner_that_may_have_acted_leaves_the_outcome_unknown() {
    cluster.start();
    owners(PeerFault.Kind.NOT_SENT);
    cluster.worker(1).failsWith(PeerFault.Kind.UNANSWERED);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 0));
  }

  @Test
  void one_owner_that_may_have_acted_outweighs_another_that_refuses() {
    cluster.start();
    cluster.worker(0).failsWith(PeerFault.Kind.UNANSWERED);
    cluster.worker(1).coordinatesTo(Outcome.Refused.OVERLOADED);
    cluster.worker(2).coordinatesTo(new Outcome.QuorumUnavailable(2, 1));

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 0));
  }

  @Test
  void what_all_owners_refuse_is_refused() {
    cluster.start();
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).coordinatesTo(Outcome.Refused.DISK_FULL);
    }

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.DISK_FULL);
  }

  @Test
  void an_owner_that_made_too_few_copies_is_helped_by_the_next_one() {
    cluster.start().worker(0).coordinatesTo(new Outcome.Unknown(2, 1));
    cluster.worker(1).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
  }

  @Test
  void too_few_copies_stay_unknown_whatever_the_next_owner_says() {
    cluster.start().worker(0).coordinatesTo(new Outcome.Unknown(2, 1));
    cluster.worker(1).coordinatesTo(Outcome.Refused.DISK_FULL);
    cluster.worker(2).failsWith(PeerFault.Kind.NOT_SENT);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 1));
  }

  @Test
  void a_superseded_write_is_stamped_again_above_what_was_found() {
    Version newer = Version.of(System.currentTimeMillis() + 100, 5, 1);
    cluster.start().worker(0).coordinatesTo(new Outcome.Superseded(newer), WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    List<Writing.Forwarded> attempts = cluster.worker(0).forwardedWrites;
    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(1).version().isAfter(newer)).isTrue();
  }

  @Test
  void after_a_superseded_attempt_a_refusal_is_no_proof_that_nothing_was_written() {
    Version newer = Version.of(System.currentTimeMillis(), 5, 1);
    cluster.start().worker(0).coordinatesTo(new Outcome.Superseded(newer), WRITTEN);
    cluster
        .worker(0)
        .coordinatesTo(new Outcome.Superseded(newer), new Outcome.ConditionFailed(newer));

    now(cluster.write(put(ALPHA)));

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.Unknown(2, 0));
  }

  @Test
  void owners_that_all_stay_silent_leave_the_outcome_unknown_at_the_deadline() {
    cluster.timeouts(HASTY).start();
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).fallsSilent();
    }

    assertThat(now(cluster.write(within(200)))).isEqualTo(new Outcome.Unknown(2, 0));
  }

  @Test
  void the_owner_is_told_how_long_the_client_still_waits() {
    cluster.start().worker(0).failsWith(PeerFault.Kind.NOT_SENT);
    cluster.worker(1).coordinatesTo(WRITTEN);

    now(cluster.write(within(5_000)));

    assertThat(cluster.worker(1).forwardedWrites.get(0).write().timeoutMillis())
        .isBetween(1L, 5_000L);
  }

  @Test
  void a_failed_condition_is_passed_back_when_only_one_owner_was_asked() {
    Outcome failed = new Outcome.ConditionFailed(Version.of(5, 0, 1));
    cluster.start().worker(0).coordinatesTo(failed);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(failed);
  }

  @Test
  void a_failed_condition_proves_nothing_while_another_owner_may_have_written() {
    cluster.timeouts(HASTY).start().worker(0).fallsSilent();
    cluster.worker(1).coordinatesTo(new Outcome.ConditionFailed(Version.of(5, 0, 1)));

    Future<Outcome> answer = cluster.write(put(ALPHA));
    await().until(() -> cluster.worker(1).forwardedWrites.size() == 1);
    cluster.worker(0).coordinatesTo(WRITTEN).speaks();

    assertThat(now(answer)).isEqualTo(WRITTEN);
  }

  @Test
  void what_one_owner_takes_for_impossible_another_may_have_written_by_another_epoch() {
    cluster.timeouts(HASTY).start().worker(0).fallsSilent();
    cluster.worker(1).coordinatesTo(new Outcome.Impossible("w is 3, allowed are 1 to 2"));

    Future<Outcome> answer = cluster.write(put(ALPHA));
    await().until(() -> cluster.worker(1).forwardedWrites.size() == 1);
    cluster.worker(0).coordinatesTo(WRITTEN).speaks();

    assertThat(now(answer)).isEqualTo(WRITTEN);
  }

  @Test
  void what_the_only_owner_that_was_asked_takes_for_impossible_is() {
    Outcome impossible = new Outcome.Impossible("w is 3, allowed are 1 to 2");
    cluster.start().worker(0).coordinatesTo(impossible);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(impossible);
    assertThat(cluster.worker(1).forwardedWrites).isEmpty();
  }

  @Test
  void an_owner_that_is_rebuilt_passes_writes_on_to_the_others() {
    try (StubCluster rebuilt = StubCluster.seenBy(0)) {
      rebuilt.fitness(new Fitness(true, false, true, true, true, false, 0)).start();
      rebuilt.worker(1).coordinatesTo(WRITTEN);

      assertThat(now(rebuilt.write(put(ALPHA)))).isEqualTo(WRITTEN);
      assertThat(rebuilt.worker(0).stored).isEmpty();
    }
  }

  @Test
  void a_worker_that_becomes_an_owner_coordinates_itself() {
    cluster.start();

    cluster.becomes(StubCluster.topology(2, 4, new Quorums(4, 2, 2)));

    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(cluster.worker(3).stored).containsKey(ALPHA);
  }

  @Test
  void a_topology_that_comes_late_does_not_replace_a_newer_one() {
    cluster.topology(StubCluster.topology(2, 4, new Quorums(4, 2, 2))).start();

    cluster.becomes(StubCluster.topology(1, 4, new Quorums(3, 2, 2)));

    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void an_owner_comes_first_again_once_it_is_in_reach() {
    cluster.suspects(0).start();
    cluster.worker(0).coordinatesTo(WRITTEN);

    cluster.suspectsNow();

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(0).forwardedWrites).hasSize(1);
  }

  private void owners(PeerFault.Kind kind) {
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).failsWith(kind);
    }
  }

  private static Writing.Write within(long timeoutMillis) {
    return StubCluster.write(ALPHA, 0, true, timeoutMillis, Writing.Condition.Always.ALWAYS);
  }
}
