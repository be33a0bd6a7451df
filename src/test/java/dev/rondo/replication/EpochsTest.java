package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static dev.rondo.replication.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.time.NodeClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who works by which cluster state, and who is recovering: every message tells. */
class EpochsTest {

  private static final Key ALPHA = Key.of("alpha");
  private static final Fitness WELL = new Fitness(true, true, true, true, true, false, 0);
  private static final Fitness RECOVERING = new Fitness(true, true, false, true, true, false, 0);

  private final Member[] members = Fixture.members(2);
  private final ClusterState first =
      new ClusterState(1, 10, new Quorums(1, 1, 1), List.of(members));
  private final ClusterState second = first.changingTo(new Quorums(2, 2, 1));
  private final TestNode zero = new TestNode(0, new Topology(first));
  private final TestNode one = new TestNode(1, new Topology(first));

  @AfterEach
  void stop() {
    zero.close();
    one.close();
  }

  private void startBoth() {
    one.start();
    zero.start();
    await().until(() -> zero.reaches(1) && one.reaches(0));
  }

  private void put(TestNode from, int to) {
    var put = new Storing.Entry.Put(ALPHA, record(ALPHA, "value"));
    assertThat(await(from.send(to, put))).isEqualTo(Storing.Result.Done.DURABLE);
  }

  @Test
  void a_worker_whose_peer_answers_by_a_newer_state_asks_for_it() {
    startBoth();
    one.change(new Topology(second));
    put(zero, 1);
    await().untilAsserted(() -> assertThat(zero.statesSeen).containsExactly(second));
  }

  @Test
  void a_worker_that_is_asked_by_a_newer_state_asks_for_it() {
    startBoth();
    zero.change(new Topology(second));
    put(zero, 1);
    await().untilAsserted(() -> assertThat(one.statesSeen).containsExactly(second));
  }

  @Test
  void a_newer_state_is_asked_for_once_and_not_for_every_message() {
    startBoth();
    one.change(new Topology(second));
    for (int i = 0; i < 50; i++) {
      put(zero, 1);
    }
    await().until(() -> !zero.statesSeen.isEmpty());
    assertThat(zero.statesSeen).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void a_state_that_was_not_taken_over_is_asked_for_again() {
    startBoth();
    one.change(new Topology(second));
    await().until(() -> zero.statesSeen.size() >= 2);
    assertThat(zero.statesSeen).containsOnly(second);
  }

  @Test
  void a_caller_that_is_behind_is_told_with_the_welcome() {
    one.change(new Topology(second));
    startBoth();
    await().untilAsserted(() -> assertThat(zero.statesSeen).contains(second));
    assertThat(one.statesSeen).isEmpty();
  }

  @Test
  void a_new_storage_is_not_identified_before_the_newer_state_is_taken_over() {
    one.change(new Topology(second));
    startBoth();
    await().until(() -> zero.statesSeen.contains(second));
    await().until(() -> one.findings.contains(new Finding.Identified(true)));
    assertThat(zero.findings).doesNotContain(new Finding.Identified(true));

    zero.change(new Topology(second));

    await().until(() -> zero.findings.contains(new Finding.Identified(true)));
  }

  @Test
  void a_peer_says_that_it_is_recovering_and_that_it_is_not_any_more() {
    one.change(RECOVERING);
    startBoth();
    await().until(() -> reachability().isRecovering(1));
    assertThat(reachability().isReachable(1)).isTrue();
    assertThat(zero.reachabilities).anyMatch(news -> news.isRecovering(1));

    one.change(WELL);

    await().until(() -> !reachability().isRecovering(1));
  }

  @Test
  void it_is_known_when_a_member_works_by_a_newer_state() {
    zero.start();
    var config = Fixture.config(0, "test", 1, 100, Fixture.TIMEOUTS);
    Epochs epochs =
        new Epochs(
            new NodeSetup(config, zero.bus(), zero.meters, NodeClock.ofMachine()), peer -> null);
    epochs.follow(new Topology(second));
    epochs.heard(1, 1);
    assertThat(epochs.isBehind()).isFalse();
    epochs.heard(1, 3);
    assertThat(epochs.isBehind()).isTrue();
  }

  private Reachability reachability() {
    return await(zero.ask(Addresses.REACHABILITY, Reachability.Ask.NOW));
  }
}
