package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Vouching;
import dev.rondo.core.member.Topology;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockTest {
  private final Topology topology = Fixture.topology(1, Fixture.members(3));
  private final List<TestNode> nodes =
      List.of(new TestNode(0, topology), new TestNode(1, topology), new TestNode(2, topology));

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void a_wrong_clock_is_found_out_by_its_owner_and_recovers() {
    TestNode wrong = nodes.get(0);
    wrong.wallAheadMillis = 5_000;
    nodes.forEach(TestNode::start);
    await().until(() -> wrong.findings.stream().anyMatch(ClockTest::isUnsound));
    assertThat(nodes.get(1).findings).noneMatch(ClockTest::isUnsound);
    assertThat(nodes.get(2).findings).noneMatch(ClockTest::isUnsound);
    assertThat(gauge(wrong, "rondo.clock.sound")).isZero();
    assertThat(gauge(wrong, "rondo.clock.offset")).isCloseTo(-5_000, within(400.0));
    wrong.wallAheadMillis = 0;
    await().until(() -> isSound(last(wrong)));
    assertThat(gauge(wrong, "rondo.clock.sound")).isEqualTo(1);
    assertThat(wrong.events.stream().map(ClusterEvent::kind))
        .containsSubsequence(EventKind.CLOCK_WRONG.word(), EventKind.CLOCK_RIGHT.word());
    assertThat(wrong.events.get(0).text()).contains("Worker 0").contains("s ahead of");
  }

  @Test
  void a_worker_alone_does_not_rely_on_its_clock() {
    TestNode alone = nodes.get(0).start();
    await().during(Duration.ofSeconds(3)).until(() -> clocks(alone).noneMatch(ClockTest::isSound));
    assertThat(alone.time().trust().sound()).isFalse();
  }

  @Test
  void a_worker_alone_relies_on_the_controllers_word() {
    TestNode alone = nodes.get(0).start();
    alone.bus().publish(Addresses.VOUCHED, new Vouching(-100));
    await().until(() -> clocks(alone).anyMatch(ClockTest::isSound));
    assertThat(alone.time().trust().sound()).isTrue();
  }

  @Test
  void but_not_where_that_says_another_time() {
    TestNode alone = nodes.get(0).start();
    alone.bus().publish(Addresses.VOUCHED, new Vouching(-3_600_000));
    await().during(Duration.ofSeconds(3)).until(() -> clocks(alone).noneMatch(ClockTest::isSound));
  }

  @Test
  void a_clock_that_is_set_right_before_anybody_relied_on_it_is_right_at_once() {
    TestNode alone = nodes.get(0).start();
    alone.wallAheadMillis = 3_600_000;
    await().until(() -> alone.time().millis() - System.currentTimeMillis() > 3_500_000);
    alone.wallAheadMillis = 0;
    await().until(() -> Math.abs(alone.time().millis() - System.currentTimeMillis()) < 1_000);
  }

  @Test
  void also_where_it_is_set_right_before_this_verticle_has_started() {
    TestNode alone = nodes.get(0);
    alone.wallAheadMillis = -3_600_000;
    alone.time().look();
    alone.start();
    await().until(() -> Math.abs(alone.time().millis() - alone.time().wallMillis()) < 1_000);
  }

  private static Stream<Finding> clocks(TestNode node) {
    return node.findings.stream().filter(Finding.Clock.class::isInstance);
  }

  private static double gauge(TestNode node, String name) {
    return node.meters.get(name).gauge().value();
  }

  private static boolean isUnsound(Finding finding) {
    return finding instanceof Finding.Clock clock
        && !clock.sound()
        && clock.offsetMillis() < -4_500;
  }

  private static boolean isSound(Finding finding) {
    return finding instanceof Finding.Clock clock && clock.sound();
  }

  private static Finding last(TestNode node) {
    return node.findings.get(node.findings.size() - 1);
  }
}
