package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.HASTY;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Reading.Outcome;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 0 coordinates reads of a key that workers 0, 1 and 2 own. */
class ReadCoordinationTest {

  private static final StoredRecord OLD = StubCluster.value(ALPHA, Version.of(10, 0, 1), "old");
  private static final StoredRecord NEW = StubCluster.value(ALPHA, Version.of(20, 0, 2), "new");
  private static final StoredRecord DELETED = StoredRecord.tombstone(ALPHA, Version.of(30, 0, 0));
  private static final Outcome NOTHING = new Outcome.NotFound(Version.NONE, 0);

  private final StubCluster cluster = StubCluster.seenBy(0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void one_owner_sends_the_value_and_the_others_a_digest() {
    cluster.start();
    hold(NEW, NEW, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    assertThat(cluster.worker(0).lookUps).containsExactly(Holding.Want.RECORD);
    assertThat(cluster.worker(1).lookUps).containsExactly(Holding.Want.VERSION);
    assertThat(cluster.worker(2).lookUps).isEmpty();
  }

  @Test
  void a_digest_that_is_newer_is_followed_by_its_value_and_the_stale_owner_is_repaired() {
    cluster.start();
    hold(OLD, NEW, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    assertThat(cluster.worker(1).lookUps)
        .containsExactly(Holding.Want.VERSION, Holding.Want.RECORD);
    await().until(() -> NEW.equals(cluster.worker(0).stored.get(ALPHA)));
    await().until(() -> cluster.meters.get("rondo.read.repairs").counter().count() == 1);
  }

  @Test
  void an_owner_that_holds_less_is_repaired_behind_the_answer() {
    cluster.start();
    hold(NEW, OLD, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    await().until(() -> NEW.equals(cluster.worker(1).stored.get(ALPHA)));
  }

  @Test
  void an_owner_that_holds_nothing_is_repaired_too() {
    cluster.start();
    cluster.worker(0).holds(ALPHA, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    await().until(() -> NEW.equals(cluster.worker(1).stored.get(ALPHA)));
  }

  @Test
  void a_stale_owner_that_answers_after_the_client_is_repaired_as_well() {
    cluster.timeouts(HASTY).start();
    hold(NEW, OLD, NEW);
    cluster.worker(1).fallsSilent();
    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));

    cluster.worker(1).speaks();

    await().until(() -> NEW.equals(cluster.worker(1).stored.get(ALPHA)));
  }

  @Test
  void an_owner_whose_late_answer_is_the_newest_repairs_the_others() {
    cluster.timeouts(HASTY).start();
    hold(OLD, NEW, OLD);
    cluster.worker(1).fallsSilent();
    assertThat(read(0)).isEqualTo(new Outcome.Found(OLD, 0));

    cluster.worker(1).speaks();

    await().until(() -> NEW.equals(cluster.worker(0).stored.get(ALPHA)));
    await().until(() -> NEW.equals(cluster.worker(2).stored.get(ALPHA)));
  }

  @Test
  void with_r_1_one_owner_is_enough() {
    cluster.start();
    hold(OLD, NEW, NEW);

    assertThat(read(1)).isEqualTo(new Outcome.Found(OLD, 0));
    assertThat(cluster.worker(1).lookUps).isEmpty();
  }

  @Test
  void what_r_owners_do_not_hold_is_not_found() {
    cluster.start();

    assertThat(read(0)).isEqualTo(NOTHING);
    assertThat(read(1)).isEqualTo(NOTHING);
  }

  @Test
  void a_deletion_hides_the_older_value_and_reaches_the_owner_that_still_has_it() {
    cluster.start();
    hold(NEW, DELETED, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.NotFound(DELETED.version(), 0));
    await().until(() -> DELETED.equals(cluster.worker(0).stored.get(ALPHA)));
  }

  @Test
  void a_record_that_cannot_be_read_is_served_by_another_owner_and_replaced() {
    cluster.start();
    hold(OLD, NEW, NEW);
    cluster.worker(0).looksUp(new Holding.Answer.Unreadable("checksum does not match"));

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    await().until(() -> NEW.equals(cluster.worker(0).stored.get(ALPHA)));
  }

  @Test
  void an_owner_that_lost_its_data_does_not_count_with_its_nothing() {
    cluster.start();
    hold(NEW, NEW, NEW);
    cluster.worker(1).looksUp(new Holding.Answer.Nothing(false));

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    assertThat(cluster.worker(2).lookUps).hasSize(1);

    cluster.worker(2).looksUp(new Holding.Answer.Nothing(false));
    assertThat(read(0)).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
  }

  @Test
  void an_owner_that_fails_is_replaced_by_the_next_one() {
    cluster.start();
    hold(NEW, NEW, NEW);
    cluster.worker(1).failsWith(PeerFault.Kind.UNANSWERED);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));

    cluster.worker(2).looksUp(Holding.Answer.Overloaded.OVERLOADED);
    assertThat(read(0)).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
  }

  @Test
  void an_owner_that_dies_between_its_digest_and_its_value_is_replaced_by_another_holder() {
    cluster.start();
    hold(OLD, NEW, NEW);
    cluster.worker(1).looksUp(new Holding.Answer.VersionOnly(NEW.version()));

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
  }

  @Test
  void on_silence_another_owner_is_asked() {
    cluster.timeouts(HASTY).start();
    hold(NEW, NEW, NEW);
    cluster.worker(1).fallsSilent();

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    assertThat(cluster.meters.get("rondo.hedged").counter().count()).isEqualTo(1);
  }

  @Test
  void the_own_disk_may_be_the_silent_one() {
    cluster.timeouts(HASTY).start();
    hold(NEW, NEW, NEW);
    cluster.worker(0).fallsSilent();

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
  }

  @Test
  void too_few_answers_by_the_deadline_are_told_as_such() {
    cluster.start();
    cluster.worker(1).fallsSilent();

    assertThat(now(cluster.read(ALPHA, 0, 50))).isEqualTo(new Outcome.TimedOut(2, 1));
  }

  @Test
  void a_suspected_owner_is_asked_last() {
    cluster.suspects(1).start();
    hold(NEW, OLD, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
    assertThat(cluster.worker(1).lookUps).isEmpty();
  }

  @Test
  void owners_that_are_merely_silent_are_asked_where_the_others_are_too_few() {
    cluster.hearsNothingOf(1, 2).start();
    hold(NEW, NEW, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
  }

  @Test
  void with_too_few_owners_in_reach_nobody_is_asked() {
    cluster.suspects(1, 2).start();

    assertThat(read(0)).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
    assertThat(cluster.worker(0).lookUps).isEmpty();
  }

  @Test
  void an_impossible_r_is_told_with_what_is_allowed() {
    Outcome impossible =
        new Outcome.Impossible("r is 4, allowed are 1 to 3 (the replication factor)");
    cluster.start();

    assertThat(read(4)).isEqualTo(impossible);
    assertThat(now(cluster.coordinateRead(ALPHA, 4))).isEqualTo(impossible);
  }

  @Test
  void a_forwarded_read_is_declined_by_whoever_should_not_coordinate_it() {
    cluster.topology(StubCluster.topology(1, 4, new Quorums(2, 2, 2))).start();

    assertThat(now(cluster.coordinateRead(Key.of("rrr"), 0)))
        .isEqualTo(Outcome.Refused.NOT_COORDINATING);
    cluster.becomes(new Fitness(true, false, true, true, true, false, 0));
    assertThat(now(cluster.coordinateRead(ALPHA, 0))).isEqualTo(Outcome.Refused.NOT_COORDINATING);
  }

  @Test
  void a_wrong_clock_keeps_nobody_from_reading() {
    cluster.fitness(new Fitness(true, true, true, false, true, false, 900)).start();
    for (int worker = 0; worker < 3; worker++) {
      cluster
          .worker(worker)
          .holds(ALPHA, StubCluster.value(ALPHA, Version.of(1_000, 0, 1), "held"));
    }

    assertThat(now(cluster.read(ALPHA, 1, 1_000))).isInstanceOf(Outcome.Found.class);
    assertThat(now(cluster.coordinateRead(ALPHA, 2))).isInstanceOf(Outcome.Found.class);
  }

  @Test
  void with_a_failed_storage_nothing_is_read() {
    cluster.fitness(new Fitness(true, true, true, true, false, false, 0)).start();

    assertThat(read(0)).isEqualTo(Outcome.Refused.STORAGE_FAILED);
  }

  @Test
  void a_full_disk_is_no_reason_not_to_read() {
    cluster.fitness(new Fitness(true, true, true, true, true, true, 0)).start();
    hold(NEW, NEW, NEW);

    assertThat(read(0)).isEqualTo(new Outcome.Found(NEW, 0));
  }

  private void hold(StoredRecord... records) {
    for (int owner = 0; owner < records.length; owner++) {
      cluster.worker(owner).holds(ALPHA, records[owner]);
    }
  }

  private Outcome read(int r) {
    Future<Outcome> answer = cluster.read(ALPHA, r, 30_000);
    return now(answer);
  }
}
