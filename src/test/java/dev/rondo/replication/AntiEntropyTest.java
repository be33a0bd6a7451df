package dev.rondo.replication;

import static dev.rondo.replication.RealWorker.delete;
import static dev.rondo.replication.RealWorker.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Exchanged;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies become equal although nobody was away. */
class AntiEntropyTest {

  private final Member[] members = Fixture.members(4);
  private final List<RealWorker> workers = new ArrayList<>();

  @TempDir Path data;
  private Topology topology;

  @AfterEach
  void stop() {
    workers.forEach(RealWorker::close);
  }

  private void start(int count, int copies) {
    topology =
        new Topology(
            new ClusterState(
                1, 10, new Quorums(copies, 1, 1), Arrays.asList(members).subList(0, count)));
    for (int id = 0; id < count; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    soon(() -> assertThat(workers).allMatch(RealWorker::isCaughtUp));
    // The round after catching up, and trees everywhere.
    workers.forEach(worker -> repair(worker, 1));
  }

  private static void soon(org.awaitility.core.ThrowingRunnable claim) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(claim);
  }

  private RealWorker worker(int id) {
    return workers.get(id);
  }

  /** Has a worker exchange with all others, by trees; returns what it says at the end. */
  private static String repair(RealWorker worker, long order) {
    double before = worker.counted("rondo.repair.exchanges", "by", "trees");
    worker.orderRepair(order);
    soon(() -> assertThat(finished(worker, order)).isNotNull());
    if (worker.counted("rondo.repair.exchanges", "by", "trees") == before) {
      return repair(worker, order + 1_000_000);
    }
    return finished(worker, order);
  }

  private static String finished(RealWorker worker, long order) {
    return worker.events.stream()
        .filter(event -> event.kind().equals("repair_finished"))
        .map(ClusterEvent::text)
        .filter(text -> text.contains("repair " + order + ","))
        .findFirst()
        .orElse(null);
  }

  private static List<Storing.Entry.Put> puts(int from, int to, long millis) {
    return IntStream.range(from, to).mapToObj(i -> put("key" + i, millis)).toList();
  }

  @Test
  void one_difference_among_many_keys_is_found_and_costs_little() {
    start(2, 2);
    List<Storing.Entry.Put> all = puts(0, 20_000, 1);
    worker(0).store(all);
    worker(1).store(all);
    worker(1).store(put("key777", 2));
    double before = worker(0).counted("rondo.repair.compared");
    assertThat(repair(worker(0), 7)).contains("Worker 1", "1 differences", "1 keys fetched");
    assertThat(worker(0).holds("key777"))
        .isEqualTo(new Holding.Answer.Whole(put("key777", 2).record()));
    assertThat(worker(0).counted("rondo.repair.compared") - before).isLessThan(8_000);
  }

  @Test
  void the_newest_wins_in_both_directions_deletions_included() {
    start(2, 2);
    worker(0).store(put("a", 1), delete("b", 2), put("only-here", 1), put("c", 5));
    worker(1).store(put("a", 2), put("b", 1), delete("only-there", 1), put("c", 5));
    repair(worker(0), 7);
    assertThat(worker(0).holdings()).isEqualTo(worker(1).holdings()).hasSize(5);
    assertThat(worker(1).holds("b")).isEqualTo(new Holding.Answer.Whole(delete("b", 2).record()));
    assertThat(worker(0).holds("a")).isEqualTo(new Holding.Answer.Whole(put("a", 2).record()));
  }

  @Test
  void many_differences_are_settled_bucket_by_bucket() {
    start(2, 2);
    worker(0).store(puts(0, 15_000, 1));
    worker(1).store(puts(10_000, 30_000, 1));
    repair(worker(1), 7);
    assertThat(worker(0).holdings()).isEqualTo(worker(1).holdings()).hasSize(30_000);
  }

  @Test
  void only_what_both_own_is_exchanged() {
    start(4, 2);
    List<Storing.Entry.Put> puts = puts(0, 300, 1);
    puts.forEach(put -> worker(topology.preferenceList(put.key()).worker(0)).store(put));
    workers.forEach(worker -> repair(worker, 7));
    for (RealWorker worker : workers) {
      assertThat(worker.holdings().keySet())
          .containsExactlyInAnyOrderElementsOf(
              puts.stream()
                  .map(Storing.Entry.Put::key)
                  .filter(key -> topology.isOwner(worker.id, key))
                  .map(Key::toString)
                  .toList());
    }
  }

  @Test
  void it_is_told_of_each_arc_whether_it_ended_equal_and_when_that_began() {
    start(2, 2);
    worker(0).exchanged.clear();
    Storing.Entry.Put planted = put("planted", 1);
    worker(1).store(planted);
    long before = System.nanoTime();
    repair(worker(0), 7);
    RingCut cut = RingCut.of(topology.ring());
    int arc = cut.arcOf(cut.depth(), cut.bucketOf(planted.key().position()));
    assertThat(worker(0).exchanged).hasSize(2).allMatch(news -> news.peer() == 1);
    Exchanged first = worker(0).exchanged.get(0);
    assertThat(first.arcs()).hasSize(20);
    assertThat(first.arcs().stream().filter(one -> !one.equal()))
        .containsExactly(new Exchanged.Arc(cut.from(arc), cut.to(arc), false));
    Exchanged again = worker(0).exchanged.get(1);
    assertThat(again.arcs()).containsExactly(new Exchanged.Arc(cut.from(arc), cut.to(arc), true));
    assertThat(again.beganNanos() - first.beganNanos()).isPositive();
    assertThat(first.beganNanos() - before).isPositive();
  }

  @Test
  void an_order_is_answered_even_when_nobody_is_in_reach() {
    start(2, 2);
    worker(1).close();
    soon(
        () -> {
          worker(0).events.clear();
          worker(0).orderRepair(8);
          assertThat(finished(worker(0), 8)).contains("no peer is in reach");
        });
  }

  @Test
  void orders_that_are_too_many_are_refused_and_not_forgotten() {
    start(2, 2);
    for (long order = 2_000; order < 4_000; order++) {
      worker(0).orderRepair(order);
    }
    soon(
        () ->
            assertThat(
                    worker(0).events.stream()
                        .map(ClusterEvent::text)
                        .filter(text -> text.matches(".* repair [23]\\d{3},.*"))
                        .distinct())
                .hasSize(2_000));
    assertThat(worker(0).events).extracting(ClusterEvent::kind).contains("repair_refused");
  }

  @Test
  void a_worker_that_was_away_is_caught_up_by_trees_and_compared_again_at_once() {
    start(2, 2);
    worker(0).store(puts(0, 3_000, 1));
    worker(1).store(puts(0, 3_000, 1));
    worker(1).store(put("key5", 2));
    worker(0).catchUp();
    double before = worker(0).counted("rondo.repair.exchanges", "by", "trees");
    soon(
        () -> {
          assertThat(worker(0).holdings()).isEqualTo(worker(1).holdings());
          assertThat(worker(0).counted("rondo.repair.exchanges", "by", "trees") - before)
              .isGreaterThanOrEqualTo(2);
        });
    assertThat(worker(0).exchanges).isNotEmpty();
  }
}
