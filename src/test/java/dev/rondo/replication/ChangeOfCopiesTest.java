package dev.rondo.replication;

import static dev.rondo.replication.RealWorker.delete;
import static dev.rondo.replication.RealWorker.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of copies changes while the data is there. */
class ChangeOfCopiesTest {

  private static final int KEYS = 400;
  private static final Quorums TWO = new Quorums(2, 2, 1);
  private static final Quorums THREE = new Quorums(3, 2, 2);

  private final Member[] members = Fixture.members(4);
  private final List<RealWorker> workers = new ArrayList<>();

  @TempDir Path data;

  @AfterEach
  void stop() {
    workers.forEach(RealWorker::close);
  }

  private ClusterState start(Quorums quorums) {
    ClusterState state = new ClusterState(1, 10, quorums, List.of(members));
    Topology topology = new Topology(state);
    for (int id = 0; id < members.length; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    soon(() -> workers.stream().allMatch(RealWorker::isCaughtUp));
    for (int id = 0; id < members.length; id++) {
      int owner = id;
      List<Storing.Entry.Put> owned =
          IntStream.range(0, KEYS)
              .mapToObj(i -> i % 7 == 0 ? delete("key" + i, 1) : put("key" + i, 1))
              .filter(put -> topology.isOwner(owner, put.key()))
              .toList();
      workers.get(id).store(owned);
    }
    return state;
  }

  private void change(ClusterState state) {
    workers.forEach(worker -> worker.change(new Topology(state)));
  }

  private static void soon(Callable<Boolean> claim) {
    await().atMost(Duration.ofSeconds(30)).until(claim);
  }

  private static List<String> owned(ClusterState state, int worker) {
    return keys(key -> new Topology(state).isOwner(worker, key));
  }

  private static List<String> keys(Predicate<Key> wanted) {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> Key.of("key" + i))
        .filter(wanted)
        .map(Key::toString)
        .toList();
  }

  private static boolean holdsExactly(RealWorker worker, List<String> keys) {
    var held = worker.holdings().keySet();
    return held.size() == keys.size() && held.containsAll(keys);
  }

  @Test
  void an_owner_that_may_not_take_a_copy_yet_is_not_filled() {
    ClusterState first = start(TWO);
    ClusterState changing = first.changingTo(THREE);
    Key key = Key.of("key1");
    Storing.Entry.Put ahead = put("key1", System.currentTimeMillis() + 14_000);
    Topology before = new Topology(first);
    workers.stream().filter(w -> before.isOwner(w.id, key)).forEach(w -> w.store(ahead));
    RealWorker third =
        workers.stream()
            .filter(w -> new Topology(changing).isOwner(w.id, key) && !before.isOwner(w.id, key))
            .findFirst()
            .orElseThrow();

    change(changing);

    await().during(Duration.ofSeconds(3)).until(() -> !third.filled.contains(2L));
    soon(() -> third.filled.contains(2L));
    assertThat(third.holdings().get("key1")).isEqualTo(ahead.record().version());
  }

  @Test
  void the_third_owner_is_filled_and_says_so() {
    ClusterState changing = start(TWO).changingTo(THREE);
    change(changing);
    soon(() -> workers.stream().allMatch(worker -> worker.filled.contains(2L)));
    for (RealWorker worker : workers) {
      assertThat(worker.holdings().keySet())
          .containsExactlyInAnyOrderElementsOf(owned(changing, worker.id));
      assertThat(worker.work).anyMatch(w -> w.kind() == WorkProgress.Kind.REBALANCE && w.over());
    }
    int told = workers.get(0).filled.size();
    soon(() -> workers.get(0).filled.size() > told);
  }

  @Test
  void filling_waits_for_a_member_that_is_away() {
    ClusterState changing = start(TWO).changingTo(THREE);
    workers.get(3).close();
    change123(changing);
    soon(() -> workers.get(0).work.stream().anyMatch(w -> w.done() == 2 * 4096));
    assertThat(workers.get(0).filled).isEmpty();
    workers.get(3).start();
    workers.get(3).change(new Topology(changing));
    soon(() -> workers.stream().allMatch(worker -> worker.filled.contains(2L)));
  }

  private void change123(ClusterState state) {
    workers.subList(0, 3).forEach(worker -> worker.change(new Topology(state)));
  }

  @Test
  void filling_begins_again_after_a_restart() {
    ClusterState changing = start(TWO).changingTo(THREE);
    change(changing);
    soon(() -> workers.get(1).filled.contains(2L));
    workers.get(1).close();
    workers.get(1).start();
    soon(() -> workers.get(1).filled.contains(2L));
  }

  @Test
  void surplus_copies_are_removed_once_the_change_is_over() {
    ClusterState changing = start(THREE).changingTo(TWO);
    change(changing);
    soon(() -> workers.stream().allMatch(worker -> worker.filled.contains(2L)));
    for (RealWorker worker : workers) {
      assertThat(holdsExactly(worker, keys(key -> isOwner(changing, 3, worker.id, key)))).isTrue();
    }
    ClusterState settled = changing.settled();
    change(settled);
    for (RealWorker worker : workers) {
      soon(() -> holdsExactly(worker, owned(settled, worker.id)));
      soon(
          () ->
              worker.work.stream()
                  .anyMatch(w -> w.kind() == WorkProgress.Kind.CLEANUP && w.over()));
    }
  }

  private static boolean isOwner(ClusterState state, int n, int worker, Key key) {
    return new Topology(state).preferenceList(key).isOwner(worker, n);
  }

  @Test
  void no_copy_is_removed_before_every_owner_has_it() {
    ClusterState settled = start(THREE).changingTo(TWO).settled();
    RealWorker away = workers.get(2);
    away.close();
    workers.stream()
        .filter(worker -> worker != away)
        .forEach(worker -> worker.change(new Topology(settled)));
    for (RealWorker worker : List.of(workers.get(0), workers.get(1), workers.get(3))) {
      List<String> kept =
          keys(
              key ->
                  isOwner(settled, 3, worker.id, key)
                      && (isOwner(settled, 2, worker.id, key) || isOwner(settled, 2, 2, key)));
      soon(() -> holdsExactly(worker, kept));
      assertThat(kept).hasSizeGreaterThan(owned(settled, worker.id).size());
    }
    away.start();
    away.change(new Topology(settled));
    for (RealWorker worker : workers) {
      soon(() -> holdsExactly(worker, owned(settled, worker.id)));
    }
  }

  @Test
  void an_owner_that_lacks_a_surplus_copy_is_sent_it_first() {
    ClusterState state = start(TWO);
    Key key = Key.of("late");
    List<Integer> order = new Topology(state).preferenceList(key).owners(3);
    RealWorker stranger = workers.get(order.get(2));
    stranger.store(put("late", 5));
    change(new ClusterState(2, 10, TWO, List.of(members)));
    soon(() -> !stranger.holdings().containsKey("late"));
    for (int owner : order.subList(0, 2)) {
      assertThat(workers.get(owner).holdings())
          .containsEntry("late", put("late", 5).record().version());
    }
  }
}
