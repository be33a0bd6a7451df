package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Bus;
import dev.rondo.core.member.Member;
import dev.rondo.core.purge.Clearance;
import dev.rondo.core.record.Key;
import dev.rondo.time.NodeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker says of itself to one that would like to purge tombstones. */
class PurgingTest {

  private static final Key KEY = Key.of("alpha");

  private final Member[] members = Fixture.members(2);
  private final StubStorage storage = new StubStorage();
  private final Vertx vertx = Vertx.vertx();
  private Purging purging;

  @BeforeEach
  void begin() {
    Bus bus = Bus.of(vertx);
    storage.serve(bus);
    NodeClock time = new NodeClock(System::currentTimeMillis, Transport::millis);
    NodeSetup setup =
        new NodeSetup(
            Fixture.config(0, "test", 0, 100, Fixture.TIMEOUTS),
            bus,
            new SimpleMeterRegistry(),
            time);
    RepairTools tools =
        new RepairTools(setup, vertx, null, null, null, null, null, null, new Pace(1, 0));
    purging = new Purging(tools, () -> true, () -> true);
    purging.begin();
    purging.follow(Fixture.topology(7, members));
  }

  @AfterEach
  void stop() {
    purging.stop();
    TestNode.await(vertx.close());
  }

  @Test
  void hints_that_wait_here_are_told() {
    storage.hint(1, KEY, Fixture.record(KEY, "value"));
    assertThat(TestNode.await(purging.clearance(7, 1)).hints()).isEqualTo(1);
    assertThat(storage.notes).isEmpty();
  }

  @Test
  void a_hint_that_is_still_to_be_written_is_waited_for() {
    Promise<Void> disk = storage.hold();
    Future<Clearance> said = purging.clearance(7, 1);
    TestNode.await(vertx.timer(100));
    assertThat(said.isComplete()).isFalse();
    storage.hint(1, KEY, Fixture.record(KEY, "value"));
    disk.complete();
    assertThat(TestNode.await(said).hints()).isEqualTo(1);
  }

  @Test
  void a_worker_that_goes_by_another_state_clears_nothing() {
    assertThat(TestNode.await(purging.clearance(8, 1)).fit()).isFalse();
  }
}
