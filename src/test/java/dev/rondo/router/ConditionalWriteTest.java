package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Condition;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 0 coordinates writes that depend on what is there. */
class ConditionalWriteTest {

  private static final Version HELD = Version.of(1_000_000, 0, 1);
  private static final Version OTHER = Version.of(1_000_000, 0, 2);

  private final StubCluster cluster = StubCluster.seenBy(0).start();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void a_key_that_must_be_absent_is_written_where_there_is_nothing() {
    assertThat(write(Condition.Absent.ABSENT)).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_key_that_must_be_absent_is_written_where_it_was_deleted() {
    hold(StoredRecord.tombstone(ALPHA, HELD));

    assertThat(write(Condition.Absent.ABSENT)).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_key_that_must_be_absent_is_left_as_it_is_where_it_exists() {
    hold(StubCluster.value(ALPHA, HELD, "held"));

    assertThat(write(Condition.Absent.ABSENT)).isEqualTo(new Outcome.ConditionFailed(HELD));
    assertThat(cluster.worker(1).stored.get(ALPHA).version()).isEqualTo(HELD);
  }

  @Test
  void a_key_that_must_exist_is_written_only_where_it_does() {
    assertThat(write(Condition.Present.PRESENT))
        .isEqualTo(new Outcome.ConditionFailed(Version.NONE));

    hold(StubCluster.value(ALPHA, HELD, "held"));

    assertThat(write(Condition.Present.PRESENT)).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_key_that_must_match_is_written_only_under_one_of_the_versions() {
    hold(StubCluster.value(ALPHA, HELD, "held"));

    assertThat(write(new Condition.Matches(List.of(OTHER))))
        .isEqualTo(new Outcome.ConditionFailed(HELD));
    assertThat(write(new Condition.Matches(List.of(OTHER, HELD))))
        .isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void what_does_not_exist_matches_nothing_not_even_the_version_of_nothing() {
    assertThat(write(new Condition.Matches(List.of(Version.NONE))))
        .isEqualTo(new Outcome.ConditionFailed(Version.NONE));
  }

  @Test
  void a_deleted_key_matches_nothing() {
    hold(StoredRecord.tombstone(ALPHA, HELD));

    assertThat(write(new Condition.Matches(List.of(HELD))))
        .isEqualTo(new Outcome.ConditionFailed(Version.NONE));
  }

  @Test
  void a_write_that_another_owner_has_already_written_meets_its_condition() {
    Version own = Version.of(System.currentTimeMillis(), 0, 3);
    hold(StubCluster.value(ALPHA, own, "value"));

    assertThat(now(cluster.coordinate(conditional(Condition.Absent.ABSENT, 30_000), own)))
        .isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_deletion_that_another_owner_has_already_written_meets_its_condition() {
    Version own = Version.of(System.currentTimeMillis(), 0, 3);
    hold(StoredRecord.tombstone(ALPHA, own));
    Writing.Write delete =
        new Writing.Write(ALPHA, null, 0, true, 30_000, Condition.Present.PRESENT);

    assertThat(now(cluster.coordinate(delete, own))).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_version_that_is_met_but_later_than_the_stamp_is_passed_by_a_new_one() {
    Version ahead = Version.of(System.currentTimeMillis() + 300, 0, 3);
    hold(StubCluster.value(ALPHA, ahead, "ahead"));

    Outcome outcome = write(new Condition.Matches(List.of(ahead)));

    assertThat(outcome).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(((Outcome.Acknowledged) outcome).version().isAfter(ahead)).isTrue();
  }

  @Test
  void a_condition_that_cannot_be_looked_at_means_that_nothing_was_sent() {
    cluster.worker(1).failsWith(PeerFault.Kind.UNANSWERED);
    cluster.worker(2).failsWith(PeerFault.Kind.UNANSWERED);

    assertThat(write(Condition.Absent.ABSENT)).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
    assertThat(cluster.worker(0).stored).isEmpty();
  }

  @Test
  void a_condition_that_takes_too_long_means_that_nothing_was_sent() {
    cluster.worker(1).fallsSilent();
    cluster.worker(2).fallsSilent();

    Writing.Write write = conditional(Condition.Absent.ABSENT, 100);

    assertThat(now(cluster.write(write))).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
    assertThat(cluster.worker(0).stored).isEmpty();
  }

  @Test
  void with_too_few_owners_in_reach_a_condition_is_not_even_looked_at() {
    cluster.suspectsNow(1, 2);

    assertThat(write(Condition.Absent.ABSENT)).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
  }

  private void hold(StoredRecord record) {
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).holds(ALPHA, record);
    }
  }

  private Outcome write(Condition condition) {
    return now(cluster.write(conditional(condition, 30_000)));
  }

  private static Writing.Write conditional(Condition condition, long timeoutMillis) {
    return StubCluster.write(ALPHA, 0, true, timeoutMillis, condition);
  }
}
