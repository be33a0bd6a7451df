package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Branching;
import dev.rondo.bus.Inventory;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Status;

/** The Merkle trees say what is stored, whatever happens to it. */
class TreesTest {

  private final Topology topology = topology(1, 4);
  private final RingCut cut = RingCut.of(topology.ring());
  private final Map<String, Version> expected = new HashMap<>();

  @TempDir Path data;
  private TestNode node;

  @AfterEach
  void close() {
    node.close();
  }

  private void open() {
    node = TestNode.in(data);
  }

  private static Topology topology(long epoch, int members) {
    return new Topology(
        new ClusterState(
            epoch,
            10,
            new Quorums(3, 2, 2),
            IntStream.range(0, members)
                .mapToObj(id -> new Member(id, "127.0.0.1", 1, 1))
                .toList()));
  }

  private void know(Topology newer) {
    node.bus.publish(Addresses.TOPOLOGY_CHANGED, newer);
  }

  private void put(int from, int to, long millis) {
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      entries.add(Sample.put("key-" + i, millis, "value"));
      expected.merge("key-" + i, Sample.version(millis), Version::max);
    }
    node.store(entries.toArray(Storing.Entry[]::new));
  }

  private Branching.Answer branches(Topology by, int level, List<Integer> parents) {
    return TestNode.await(node.ask(Addresses.BRANCHES, new Branching.Branches(by, level, parents)));
  }

  private static List<Integer> all(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private Branching.Answer held(RingCut by) {
    ArcTrees trees = new ArcTrees(by);
    expected.forEach(
        (name, version) -> {
          Key key = Key.of(name);
          trees.add(by.bucketOf(key.position()), ArcTrees.hash(key.bytes(), version));
        });
    return new Branching.Answer.Digests(trees.digests(by.depth(), all(by.nodes(by.depth() - 1))));
  }

  private void awaitTrees() {
    await()
        .untilAsserted(
            () -> assertThat(branches(topology, 3, all(cut.nodes(2))).equals(held(cut))).isTrue());
  }

  @Test
  void there_are_none_before_the_ring_is_known() {
    open();
    put(0, 100, 1);
    assertThat(branches(topology, 0, all(40))).isEqualTo(Branching.Answer.Absent.ABSENT);
    know(topology);
    awaitTrees();
  }

  @Test
  void they_follow_every_kind_of_change() {
    open();
    know(topology);
    awaitTrees();
    put(0, 200, 2);
    put(50, 150, 3);
    put(0, 100, 1);
    node.store(
        Sample.put("twice", 1, "a"), Sample.put("twice", 2, "b"), Sample.put("twice", 1, "a"));
    expected.put("twice", Sample.version(2));
    node.store(Sample.delete("key-7", 9), Sample.delete("never", 9));
    expected.put("key-7", Sample.version(9));
    expected.put("never", Sample.version(9));
    node.store(
        new Storing.Entry.Forget(Key.of("key-8"), Sample.version(2)),
        new Storing.Entry.Forget(Key.of("key-9"), Sample.version(1)));
    expected.remove("key-8");
    assertThat(branches(topology, 3, all(cut.nodes(2))).equals(held(cut))).isTrue();
  }

  @Test
  void they_are_built_again_after_a_restart() {
    open();
    know(topology);
    put(0, 1_000, 1);
    node.restart();
    know(topology);
    awaitTrees();
  }

  @Test
  void writes_that_come_while_they_are_built_are_in_them() {
    open();
    for (int from = 0; from < 50_000; from += 10_000) {
      put(from, from + 10_000, 1);
    }
    know(topology);
    for (int from = 0; from < 50_000; from += 500) {
      put(from, from + 50, 2);
    }
    awaitTrees();
  }

  @Test
  void another_ring_has_other_trees() {
    open();
    put(0, 1_000, 1);
    know(topology);
    awaitTrees();
    Topology larger = topology(2, 5);
    know(larger);
    RingCut other = RingCut.of(larger.ring());
    await()
        .untilAsserted(
            () ->
                assertThat(branches(larger, 3, all(other.nodes(2))).equals(held(other))).isTrue());
    assertThat(branches(topology, 0, all(40))).isEqualTo(Branching.Answer.Absent.ABSENT);
  }

  @Test
  void a_batch_that_is_not_written_changes_nothing_and_an_engine_opened_anew_is_counted_anew() {
    open();
    put(0, 100, 1);
    know(topology);
    awaitTrees();
    node.failWrites(
        new Status(
            Status.Code.IOError,
            Status.SubCode.NoSpace,
            "No space left on device: While appending to file: 000004.log"));
    node.store(Sample.put("lost", 1, "value"));
    node.writing = Engine::write;
    await().until(() -> node.store(Sample.put("late", 1, "v")).equals(List.of(DURABLE)));
    expected.put("late", Sample.version(1));
    awaitTrees();
  }

  private static final Storing.Result DURABLE = Storing.Result.Done.DURABLE;

  @Test
  void a_check_finds_what_the_index_has_lost_and_counts_it() {
    node = new TestNode(TestConfig.in(data).checkingTreesEvery(1)).start();
    put(0, 100, 1);
    know(topology);
    awaitTrees();
    node.writing =
        (engine, batch, sync) -> {
          batch.delete(engine.family(Family.INDEX), Layout.indexKey(Key.of("key-3")));
          engine.write(batch, sync);
        };
    put(200, 201, 1);
    node.writing = Engine::write;
    expected.remove("key-3");
    awaitTrees();
    Counter wrong = node.meters.counter("rondo.trees.wrong");
    await().untilAsserted(() -> assertThat(wrong.count()).isEqualTo(1));
  }

  @Test
  void the_keys_of_a_bucket_can_be_listed() {
    open();
    put(0, 500, 1);
    for (int bucket : List.of(0, 17, cut.bucketOf(Key.of("key-4").position()))) {
      Inventory.Page page =
          TestNode.await(
              node.ask(
                  Addresses.BUCKETS,
                  new Inventory.Buckets(topology, List.of(bucket), Bytes.EMPTY)));
      assertThat(page.items().stream().map(Inventory.Item::key))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 500)
                  .mapToObj(i -> Key.of("key-" + i))
                  .filter(key -> cut.bucketOf(key.position()) == bucket)
                  .toList());
      assertThat(page.next()).isNull();
    }
  }

  @Test
  void a_store_that_is_closed_while_trees_are_built_opens_again() {
    open();
    for (int from = 0; from < 60_000; from += 10_000) {
      put(from, from + 10_000, 1);
    }
    know(topology);
    node.restart();
    know(topology);
    awaitTrees();
    assertThatThrownBy(() -> branches(topology, 3, List.of(1 << 20))).isNotNull();
  }
}
