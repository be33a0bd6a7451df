package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.FIT;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import dev.rondo.time.NodeClock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where versions come from, with a wall clock that the test sets. */
class StampingTest {

  private static final long NOON = 1_800_000_000_000L;
  private static final Outcome WRITTEN =
      new Outcome.Acknowledged(
          Version.of(1, 1, 3), 2, 0, 2, 3, Writing.Note.BACKGROUND_WRITE_ACTIVE, 1, List.of());

  private final AtomicLong wallMillis = new AtomicLong(NOON);
  private final AtomicLong steadyMillis = new AtomicLong();
  private final NodeClock clock = clock();
  private final StubCluster cluster = StubCluster.seenBy(0).time(clock);

  private NodeClock clock() {
    return StubCluster.trusted(new NodeClock(wallMillis::get, steadyMillis::get));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void no_version_is_ever_stamped_twice_not_even_across_restarts_with_a_clock_that_stands() {
    cluster.start();
    Set<Version> stamped = new HashSet<>();

    for (int start = 0; start < 3; start++) {
      for (int i = 0; i < 20; i++) {
        assertThat(stamped.add(now(cluster.stamp()))).isTrue();
      }
      cluster.time(clock()).restartRouter();
      wallMillis.addAndGet(200);
      steadyMillis.addAndGet(200);
    }
  }

  @Test
  void versions_rise_across_a_restart_also_when_the_clock_was_set_back_a_little() {
    cluster.start();
    Version before = now(cluster.stamp());
    wallMillis.addAndGet(-100);

    cluster.time(clock()).restartRouter();

    assertThat(now(cluster.stamp()).isAfter(before)).isTrue();
  }

  @Test
  void no_version_passes_the_mark_that_is_durable() {
    cluster.start();

    for (int i = 0; i < 200; i++) {
      Version version = now(cluster.stamp());
      assertThat(version.millis()).isLessThan(mark());
      wallMillis.addAndGet(7);
      steadyMillis.addAndGet(7);
    }
  }

  @Test
  void a_version_seen_in_traffic_is_passed() {
    Version seen = Version.of(NOON + 300, 9, 2);
    cluster.start();

    cluster.observes(seen);

    assertThat(now(cluster.stamp()).isAfter(seen)).isTrue();
  }

  @Test
  void a_version_too_far_ahead_does_not_draw_the_clock_along() {
    cluster.start();

    cluster.observes(Version.of(NOON + 3_600_000, 0, 2));

    assertThat(now(cluster.stamp()).millis()).isLessThan(NOON + 1_000);
  }

  @Test
  void a_mark_that_cannot_be_stored_means_that_nothing_is_sent() {
    cluster.start();

    cluster.worker(0).refusesNotes(Storing.Result.Refusal.STORAGE_FAILED);
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.STORAGE_FAILED);
    cluster.worker(0).refusesNotes(Storing.Result.Refusal.DISK_FULL);
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.DISK_FULL);
    cluster.worker(0).refusesNotes(Storing.Result.Refusal.OVERLOADED);
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.OVERLOADED);
    assertThat(cluster.worker(1).stored).isEmpty();

    cluster.worker(0).refusesNotes(null);
    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void a_storage_that_does_not_answer_is_not_waited_for_beyond_the_deadline() {
    cluster.start().worker(0).fallsSilent();

    Writing.Write write = StubCluster.write(ALPHA, 0, true, 100, Writing.Condition.Always.ALWAYS);

    assertThat(now(cluster.write(write))).isEqualTo(Outcome.Refused.OVERLOADED);
  }

  @Test
  void a_worker_whose_clock_is_off_takes_its_version_from_a_peer() {
    Version peers = Version.of(NOON - 5_000, 0, 2);
    cluster.fitness(new Fitness(true, true, true, false, true, false, -5_000)).start();
    cluster.worker(1).failsWith(PeerFault.Kind.NOT_SENT);
    cluster.worker(2).stamps(peers).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(2).forwardedWrites.get(0).version()).isEqualTo(peers);
  }

  @Test
  void a_worker_whose_time_is_off_and_gets_no_version_from_a_peer_sends_nothing() {
    offAndWithoutAnswers();

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(Outcome.Refused.UNSTAMPED);
    assertThat(cluster.worker(1).forwardedWrites).isEmpty();
  }

  @Test
  void where_it_reaches_too_few_for_the_quorum_it_says_that_first() {
    cluster.suspects(1, 2, 3);
    offAndWithoutAnswers();

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.QuorumUnavailable(2, 0));
    Writing.Write one = StubCluster.write(ALPHA, 1, true, 30_000, Writing.Condition.Always.ALWAYS);
    assertThat(now(cluster.write(one))).isEqualTo(Outcome.Refused.UNSTAMPED);
  }

  private void offAndWithoutAnswers() {
    clock.judged(new NodeClock.Trust(false, -5_000));
    cluster.fitness(new Fitness(true, true, true, false, true, false, -5_000)).start();
    for (int peer = 1; peer < 4; peer++) {
      cluster.worker(peer).failsWith(PeerFault.Kind.UNANSWERED);
    }
  }

  @Test
  void a_peer_whose_stamp_is_too_early_is_not_the_last_one_asked() {
    Version newer = Version.of(NOON + 100, 0, 3);
    Version late = Version.of(NOON + 100, 1, 2);
    cluster.fitness(new Fitness(true, true, true, false, true, false, 0)).start();
    cluster
        .worker(1)
        .stamps(Version.of(NOON, 0, 1))
        .coordinatesTo(new Outcome.Superseded(newer), WRITTEN);
    cluster.worker(2).stamps(late);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(1).forwardedWrites.get(1).version()).isEqualTo(late);
  }

  @Test
  void a_peers_stamp_that_is_too_early_is_none() {
    Version newer = Version.of(NOON + 100, 0, 3);
    cluster.fitness(new Fitness(true, true, true, false, true, false, 0)).start();
    clock.judged(new NodeClock.Trust(false, 0));
    for (int peer = 1; peer < 4; peer++) {
      cluster.worker(peer).stamps(Version.of(NOON, 0, peer));
      cluster.worker(peer).coordinatesTo(new Outcome.Superseded(newer), WRITTEN);
    }

    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Unknown.class);
    assertThat(cluster.worker(1).forwardedWrites).hasSize(1);
  }

  @Test
  void a_worker_that_is_not_identified_takes_its_version_from_a_peer() {
    Version peers = Version.of(NOON, 3, 1);
    cluster.fitness(Fitness.STARTING).start();
    cluster.worker(1).stamps(peers).coordinatesTo(WRITTEN);

    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(WRITTEN);
    assertThat(cluster.worker(1).forwardedWrites.get(0).version()).isEqualTo(peers);
  }

  @Test
  void a_wall_clock_that_leaps_changes_nothing() {
    cluster.start();
    Version before = now(cluster.stamp());

    for (long leap : new long[] {3_600_000, -7_200_000}) {
      wallMillis.addAndGet(leap);
      clock.look();
      Version after = now(cluster.stamp());
      assertThat(after.isAfter(before)).isTrue();
      assertThat(after.millis()).isLessThan(NOON + 1_000);
    }
  }

  @Test
  void a_worker_that_starts_on_a_clock_that_was_set_back_goes_on_from_its_mark() {
    cluster.start();
    Version before = now(cluster.stamp());
    wallMillis.addAndGet(-3_600_000);

    cluster.time(clock()).restartRouter();

    Outcome outcome = now(cluster.write(put(ALPHA)));
    Version after = ((Outcome.Acknowledged) outcome).version();
    assertThat(after.worker()).isZero();
    assertThat(after.isAfter(before)).isTrue();
    assertThat(after.millis()).isLessThan(NOON + 1_000);
  }

  @Test
  void where_nobody_stamps_because_of_wall_clocks_the_time_still_serves() {
    cluster.start().becomes(new Fitness(true, true, true, false, true, false, -5_000));
    for (int peer = 1; peer < 4; peer++) {
      cluster.worker(peer).failsWith(PeerFault.Kind.NOT_SENT);
    }

    now(cluster.write(put(ALPHA)));

    assertThat(cluster.worker(0).notes).isNotEmpty();
  }

  @Test
  void a_disk_that_takes_longer_than_a_mark_lasts_makes_writes_slow_and_not_impossible() {
    try (StubCluster slow = StubCluster.seenBy(0)) {
      slow.start().worker(0).storesAfter(400);

      for (int i = 0; i < 3; i++) {
        assertThat(now(slow.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
      }
    }
  }

  @Test
  void whoever_is_alone_stamps_by_its_own_clock_whatever_that_says() {
    try (StubCluster alone = StubCluster.seenBy(0)) {
      alone.topology(StubCluster.topology(1, 1, new Quorums(1, 1, 1))).time(clock()).start();
      Outcome first = now(alone.write(put(ALPHA)));
      wallMillis.addAndGet(-3_600_000);

      Outcome second = now(alone.write(put(ALPHA)));

      assertThat(((Outcome.Acknowledged) second).version())
          .isGreaterThan(((Outcome.Acknowledged) first).version());
    }
  }

  @Test
  void an_unfit_worker_stamps_for_nobody() {
    cluster.fitness(new Fitness(true, false, true, true, true, false, 0)).start();
    assertThatThrownBy(() -> now(cluster.stamp())).isInstanceOf(AssertionError.class);

    cluster.becomes(FIT);

    assertThat(now(cluster.stamp()).worker()).isZero();
  }

  private long mark() {
    Bytes mark = cluster.worker(0).notes.getOrDefault("clock.highWater", Bytes.EMPTY);
    return Long.parseLong(mark.toUtf8());
  }
}
