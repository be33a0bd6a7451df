package dev.rondo.replication;

import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Handover;
import io.micrometer.core.instrument.Gauge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes on when one generation of this verticle leaves its work to another one. */
class GenerationsTest {

  private final TestNode node =
      new TestNode(0, Fixture.topology(1, Fixture.members(1)), new StubStorage());

  @BeforeEach
  void start() {
    node.start();
    await().until(this::collectsEvidence);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /**
   * Whether the members were asked what stands in the way of a purge: it is that copies which are
   * not owned have not been looked for yet, which nobody knows before.
   */
  private boolean collectsEvidence() {
    Gauge waiting = node.meters.find("rondo.purge.waiting").tag("reason", "surplus").gauge();
    return waiting != null && waiting.value() > 0;
  }

  @Test
  void tombstones_are_still_purged_when_the_next_generation_does_not_take_over() {
    Handover state = node.onLoop(node.replication()::handOver);
    await().until(() -> !collectsEvidence());
    node.onLoop(() -> node.replication().takeOver(state));
    await().until(this::collectsEvidence);
  }

  @Test
  void tombstones_are_still_purged_when_the_next_generation_never_acts() {
    String next = TestNode.await(node.vertx().deployVerticle(node.generation()));
    TestNode.await(node.vertx().undeploy(next));
    await().until(this::collectsEvidence);
  }

  @Test
  void the_next_generation_purges_tombstones() {
    var next = node.generation();
    TestNode.await(node.vertx().deployVerticle(next));
    Handover state = node.onLoop(node.replication()::handOver);
    node.onLoop(() -> next.takeOver(state));
    await().until(this::collectsEvidence);
  }
}
