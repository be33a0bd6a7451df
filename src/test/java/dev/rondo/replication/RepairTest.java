package dev.rondo.replication;

import static dev.rondo.replication.RealWorker.delete;
import static dev.rondo.replication.RealWorker.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers make their copies equal after one of them was away. */
class RepairTest {

  private final Member[] members = Fixture.members(4);
  private final List<RealWorker> workers = new ArrayList<>();

  @TempDir Path data;

  @AfterEach
  void stop() {
    workers.forEach(RealWorker::close);
  }

  private Topology topology(long epoch, int count, Quorums quorums) {
    return new Topology(
        new ClusterState(epoch, 10, quorums, Arrays.asList(members).subList(0, count)));
  }

  private Topology all(int count) {
    return topology(1, count, new Quorums(count, 1, 1));
  }

  private void start(int count, Topology topology) {
    for (int id = 0; id < count; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    for (RealWorker worker : workers) {
      soon(worker::isCaughtUp);
    }
  }

  private static void soon(Callable<Boolean> claim) {
    await().atMost(Duration.ofSeconds(20)).until(claim);
  }

  private RealWorker worker(int id) {
    return workers.get(id);
  }

  private static List<Storing.Entry.Put> puts(int from, int to, long millis) {
    return IntStream.range(from, to).mapToObj(i -> put("key" + i, millis)).toList();
  }

  @Test
  void new_workers_have_nothing_to_compare_and_are_ready_at_once() {
    Topology topology = topology(1, 4, new Quorums(3, 2, 2));
    for (int id = 0; id < 4; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    soon(() -> worker(3).findings.contains(new Finding.Complete(true)));
    await().atMost(Duration.ofSeconds(3)).until(() -> worker(3).isCaughtUp());
    assertThat(worker(3).findings.get(0)).isEqualTo(new Finding.CaughtUp(false));
    assertThat(worker(3).work).last().matches(work -> work.done() == 3 * 4096 && work.over());
  }

  @Test
  void a_worker_that_missed_writes_gets_exactly_those() {
    start(2, all(2));
    worker(0).store(puts(0, 500, 1));
    worker(1).store(puts(0, 500, 1));
    worker(1).close();
    worker(0).store(puts(490, 520, 2));
    worker(1).start();
    soon(() -> worker(1).isCaughtUp());
    assertThat(worker(1).holdings()).isEqualTo(worker(0).holdings()).hasSize(520);
    assertThat(worker(1).work)
        .last()
        .isEqualTo(new WorkProgress(WorkProgress.Kind.RECOVERY, 1, 4096, 4096, "ranges", true));
  }

  @Test
  void the_newest_wins_in_both_directions() {
    start(2, all(2));
    worker(0).store(put("a", 1), put("b", 2), put("only-here", 1));
    worker(1).store(put("a", 2), put("b", 1), put("only-there", 1));
    worker(0).catchUp();
    soon(() -> worker(0).findings.contains(new Finding.CaughtUp(true)));
    assertThat(worker(0).findings).startsWith(new Finding.CaughtUp(false));
    assertThat(worker(0).holdings()).hasSize(4).isEqualTo(worker(1).holdings());
    assertThat(worker(1).holds("a"))
        .isEqualTo(new Holding.Answer.Whole(put("a", 2).record()))
        .isEqualTo(worker(0).holds("a"));
    assertThat(worker(0).holds("b")).isEqualTo(new Holding.Answer.Whole(put("b", 2).record()));
  }

  @Test
  void deletions_travel_and_do_not_come_back_to_life() {
    start(2, all(2));
    worker(0).store(put("a", 1), delete("b", 2));
    worker(1).store(delete("a", 2), put("b", 1));
    worker(1).catchUp();
    soon(() -> worker(1).findings.contains(new Finding.CaughtUp(true)));
    for (RealWorker worker : workers) {
      assertThat(worker.holds("a")).isEqualTo(new Holding.Answer.Whole(delete("a", 2).record()));
      assertThat(worker.holds("b")).isEqualTo(new Holding.Answer.Whole(delete("b", 2).record()));
    }
  }

  @Test
  void only_what_both_own_is_exchanged() {
    Topology two = topology(1, 4, new Quorums(2, 1, 1));
    start(4, two);
    List<Storing.Entry.Put> puts = puts(0, 300, 1);
    for (Storing.Entry.Put put : puts) {
      int owner = two.preferenceList(put.key()).owners(2).get(0);
      worker(owner).store(put);
    }
    workers.forEach(RealWorker::catchUp);
    soon(() -> workers.stream().allMatch(w -> w.findings.contains(new Finding.CaughtUp(true))));
    for (RealWorker worker : workers) {
      assertThat(worker.holdings().keySet())
          .containsExactlyInAnyOrderElementsOf(
              puts.stream()
                  .map(Storing.Entry.Put::key)
                  .filter(key -> two.isOwner(worker.id, key))
                  .map(Key::toString)
                  .toList());
    }
  }

  @Test
  void a_worker_alone_is_ready_soon_and_compares_when_the_others_are_back() {
    start(3, all(3));
    worker(0).close();
    worker(2).close();
    worker(1).close();
    worker(1).start();
    soon(() -> worker(1).isCaughtUp());
    worker(1).store(puts(0, 10, 1));
    worker(0).start();
    soon(() -> worker(0).isCaughtUp() && worker(0).holdings().size() == 10);
    worker(1).store(puts(10, 20, 1));
    worker(2).start();
    soon(() -> worker(2).isCaughtUp() && worker(2).holdings().size() == 20);
    soon(() -> worker(0).holdings().size() == 20);
  }

  @Test
  void a_peer_that_dies_in_the_middle_is_compared_when_it_is_back() {
    start(2, all(2));
    worker(1).store(puts(0, 20_000, 1));
    worker(0).catchUp();
    soon(() -> !worker(0).holdings().isEmpty());
    worker(1).close();
    soon(() -> worker(0).findings.contains(new Finding.CaughtUp(true)));
    Map<String, ?> half = worker(0).holdings();
    worker(1).start();
    soon(() -> worker(0).holdings().size() == 20_000);
    assertThat(half).hasSizeLessThan(20_000);
  }

  @Test
  void a_peer_that_goes_by_another_epoch_is_waited_for() {
    start(2, all(2));
    worker(1).store(puts(0, 10, 1));
    Topology newer = topology(2, 2, new Quorums(2, 2, 2));
    worker(0).change(newer);
    worker(0).catchUp();
    soon(() -> worker(0).findings.contains(new Finding.CaughtUp(true)));
    assertThat(worker(0).holdings()).isEmpty();
    worker(1).change(newer);
    soon(() -> worker(0).holdings().size() == 10);
  }

  @Test
  void a_worker_that_lost_its_store_has_everything_again() throws Exception {
    start(3, all(3));
    worker(0).store(puts(0, 3_000, 1));
    worker(1).store(puts(0, 3_000, 1));
    worker(2).store(puts(0, 3_000, 1));
    worker(2).close();
    Files.move(data.resolve("worker-2"), data.resolve("lost"));
    worker(2).start();
    soon(() -> worker(2).isCaughtUp());
    assertThat(worker(2).holdings()).isEqualTo(worker(0).holdings()).hasSize(3_000);
    assertThat(worker(2).work)
        .anyMatch(
            w -> w.kind() == WorkProgress.Kind.RECOVERY && w.unit().equals("keys") && w.over());
  }
}
