package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness.Finding;
import dev.rondo.core.member.Topology;
import java.util.List;
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
    wrong.wallAheadMillis = 0;
    await().until(() -> isSound(last(wrong)));
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
