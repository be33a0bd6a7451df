package dev.rondo.replication;

import static dev.rondo.replication.RealWorker.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.Holding;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a wrong clock has stamped at one worker does not spread to the others. */
class FutureVersionsTest {

  private static final long HOUR = 3_600_000;

  private final Topology topology =
      new Topology(
          new ClusterState(1, 10, new Quorums(3, 2, 2), List.<Member>of(Fixture.members(3))));
  private final List<RealWorker> workers = new ArrayList<>();
  private final long now = System.currentTimeMillis();

  @TempDir Path data;

  @AfterEach
  void stop() {
    workers.forEach(RealWorker::close);
  }

  private RealWorker start(int id) {
    RealWorker worker = new RealWorker(id, topology, data.resolve("worker-" + id)).start();
    workers.add(worker);
    return worker;
  }

  /** The first of them, which have caught up. */
  private void startAll(int count) {
    for (int id = 0; id < count; id++) {
      start(id);
    }
    soon(() -> workers.stream().allMatch(RealWorker::isCaughtUp));
  }

  private static void soon(Callable<Boolean> claim) {
    await().atMost(Duration.ofSeconds(20)).until(claim);
  }

  private static boolean hasTold(RealWorker worker, EventKind kind, String part) {
    return worker.events.stream()
        .filter(event -> event.kind().equals(kind.word()))
        .map(ClusterEvent::text)
        .anyMatch(text -> text.contains(part));
  }

  /** One copy from the future, and behind it in the ring others that are none. */
  private void disagree(RealWorker one, RealWorker other) {
    one.store(put("bad", now + HOUR));
    for (int i = 0; i < 50; i++) {
      one.store(put("mine" + i, now - 60_000));
      other.store(put("theirs" + i, now - 60_000));
    }
    other.store(put("bad", now - 60_000));
  }

  private static Version held(RealWorker worker, String key) {
    return worker.holds(key) instanceof Holding.Answer.Whole whole
        ? whole.record().version()
        : Version.NONE;
  }

  @Test
  void a_comparison_leaves_them_where_they_are_and_moves_the_rest() {
    startAll(3);
    RealWorker zero = workers.get(0);
    RealWorker one = workers.get(1);
    RealWorker two = workers.get(2);
    disagree(zero, one);

    one.orderRepair(7);
    two.orderRepair(8);

    soon(() -> hasTold(one, EventKind.REPAIR_FINISHED, "versions too far ahead"));
    soon(() -> hasTold(two, EventKind.REPAIR_FINISHED, "Worker 2 has finished repair 8"));
    soon(() -> one.holdings().size() == 101 && two.holdings().size() == 101);
    assertThat(held(one, "bad").millis()).isEqualTo(now - 60_000);
    assertThat(held(two, "bad").millis()).isEqualTo(now - 60_000);
    assertThat(hasTold(one, EventKind.VERSIONS_AHEAD, "copies of Worker 0")).isTrue();
    assertThat(one.counted("rondo.clock.refused")).isPositive();
  }

  @Test
  void whoever_has_them_cannot_push_them_on_anybody() {
    startAll(2);
    RealWorker zero = workers.get(0);
    RealWorker one = workers.get(1);
    disagree(zero, one);

    zero.orderRepair(7);

    soon(() -> hasTold(zero, EventKind.REPAIR_FINISHED, "versions too far ahead"));
    assertThat(held(one, "bad").millis()).isEqualTo(now - 60_000);
    assertThat(one.holdings().keySet()).contains(Key.of("mine0").toString(), "mine49");
    assertThat(zero.holdings().keySet()).contains("theirs0", "theirs49");
  }

  @Test
  void what_is_only_a_little_ahead_is_waited_for() {
    startAll(2);
    RealWorker zero = workers.get(0);
    RealWorker one = workers.get(1);
    zero.store(put("soon", System.currentTimeMillis() + 4_000));

    one.catchUp();

    await().atMost(Duration.ofSeconds(30)).until(() -> held(one, "soon").exists());
  }

  @Test
  void a_worker_that_is_rebuilt_does_not_fetch_them() {
    startAll(3);
    disagree(workers.get(0), workers.get(1));
    workers.get(2).close();

    RealWorker empty = new RealWorker(2, topology, data.resolve("new")).start();
    workers.add(empty);

    soon(empty::isCaughtUp);
    assertThat(empty.holdings()).hasSize(101);
    assertThat(held(empty, "bad").millis()).isEqualTo(now - 60_000);
    assertThat(hasTold(empty, EventKind.STORAGE_LOST, "Worker 2")).isTrue();
    assertThat(empty.counted("rondo.clock.refused")).isPositive();
  }
}
