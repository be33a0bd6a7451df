package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.RecordsLost;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a worker knows that its data is its own, and how it gets back what it lost. */
class IdentityTest {
  private static final Finding IDENTIFIED = new Finding.Identified(true);
  private static final Finding COMPLETE = new Finding.Complete(true);
  private static final Finding INCOMPLETE = new Finding.Complete(false);

  private final Member[] members = Fixture.members(3);
  private final Topology topology = Fixture.topology(1, members);
  private final List<TestNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
  }

  private TestNode node(int id) {
    return node(id, new StubStorage());
  }

  private TestNode node(int id, StubStorage storage) {
    TestNode node = new TestNode(id, topology, storage);
    nodes.add(node);
    return node;
  }

  private void startAll(TestNode... all) {
    for (TestNode node : all) {
      node.start();
    }
    for (TestNode node : all) {
      await().until(() -> node.findings.contains(COMPLETE));
    }
    // Only who was met by everybody is known to everybody.
    await().until(() -> all[0].storage.notes.size() >= all.length + 1);
    await().until(() -> all[1].storage.notes.size() >= all.length + 1);
    await().until(() -> all[2].storage.notes.size() >= all.length + 1);
  }

  @Test
  void a_worker_alone_does_not_know_whether_it_is_new() {
    TestNode zero = node(0).start();
    await().until(() -> zero.storage.notes.containsKey("store.id"));
    assertThat(zero.findings).isEmpty();
  }

  @Test
  void the_only_member_is_identified_at_once() {
    TestNode zero = new TestNode(0, Fixture.topology(1, members[0]));
    nodes.add(zero);
    zero.start();
    await().until(() -> zero.findings.containsAll(List.of(IDENTIFIED, COMPLETE)));
  }

  @Test
  void new_workers_find_out_together_that_they_are_new() {
    startAll(node(0), node(1), node(2));
    assertThat(nodes)
        .allSatisfy(node -> assertThat(node.findings).containsSubsequence(IDENTIFIED, COMPLETE))
        .allSatisfy(node -> assertThat(node.findings).doesNotContain(INCOMPLETE));
  }

  @Test
  void a_worker_that_was_complete_needs_nobody_after_a_restart() {
    startAll(node(0), node(1), node(2));
    nodes.forEach(TestNode::close);
    TestNode again = node(0, nodes.get(0).storage).start();
    await().until(() -> again.findings.contains(COMPLETE));
    assertThat(again.findings).containsExactly(IDENTIFIED, COMPLETE);
  }

  @Test
  void the_clock_takes_its_mark_from_the_peers_before_the_store_is_identified() {
    Topology four = Fixture.topology(1, Fixture.members(4));
    for (int id = 0; id < 4; id++) {
      nodes.add(new TestNode(id, four));
    }
    TestNode one = nodes.get(1).start();
    TestNode two = nodes.get(2).start();
    nodes.get(3).start();
    await().until(() -> one.findings.contains(COMPLETE) && two.reaches(1));
    var seen = record(Key.of("alpha"), "value");
    TestNode.await(two.send(1, new Storing.Entry.Put(Key.of("alpha"), seen)));
    TestNode zero = nodes.get(0).start();
    await().until(() -> zero.findings.contains(COMPLETE));
    assertThat(zero.observed.get(0).timestamp()).isEqualTo(seen.version().timestamp());
  }

  @Test
  void a_worker_that_lost_its_store_gets_its_data_back() {
    TestNode zero = node(0);
    TestNode one = node(1);
    TestNode two = node(2);
    startAll(zero, one, two);
    fill(one, 0, 25);
    fill(two, 20, 45);
    zero.close();
    TestNode empty = node(0, new StubStorage()).start();
    await().until(() -> empty.findings.contains(COMPLETE));
    assertThat(empty.findings).containsSubsequence(IDENTIFIED, INCOMPLETE, IDENTIFIED, COMPLETE);
    assertThat(empty.storage.records).hasSize(45);
    assertThat(note(empty, "store.state")).isEqualTo("complete");
    Bytes id = empty.storage.notes.get("store.id");
    await()
        .until(
            () ->
                id.equals(one.storage.notes.get("peer.0.store"))
                    && id.equals(two.storage.notes.get("peer.0.store")));
  }

  @Test
  void a_worker_that_lost_nobody_knows_what_is_rebuilt_while_it_runs() {
    TestNode zero = node(0);
    TestNode one = node(1);
    startAll(zero, one, node(2));
    fill(one, 0, 25);
    zero.findings.clear();
    zero.bus().publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN);
    await().until(() -> zero.findings.contains(COMPLETE));
    assertThat(zero.findings).containsSubsequence(INCOMPLETE, COMPLETE);
    assertThat(zero.storage.records).hasSize(25);
  }

  private static void fill(TestNode node, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(i -> Key.of("key" + i))
        .forEach(key -> node.storage.records.put(key, record(key, "value of " + key)));
  }

  private static String note(TestNode node, String name) {
    return node.storage.notes.get(name).toUtf8();
  }

  @Test
  void rebuilding_waits_for_every_member_and_goes_on_after_a_restart() {
    TestNode zero = node(0);
    TestNode one = node(1);
    TestNode two = node(2);
    startAll(zero, one, two);
    fill(two, 0, 25);
    zero.close();
    two.close();
    TestNode empty = node(0, new StubStorage()).start();
    await().until(() -> empty.findings.contains(INCOMPLETE));
    assertThat(note(empty, "store.state")).isEqualTo("rebuilding");
    await().until(() -> Bytes.utf8("done").equals(empty.storage.notes.get("rebuild.1")));
    empty.close();
    TestNode again = node(0, empty.storage).start();
    await().until(() -> again.findings.contains(INCOMPLETE));
    assertThat(again.findings).doesNotContain(COMPLETE);
    node(2, two.storage).start();
    await().until(() -> again.findings.contains(COMPLETE));
    assertThat(again.storage.records).hasSize(25);
  }

  @Test
  void a_rebuild_goes_on_where_it_was_after_a_restart() {
    TestNode zero = node(0);
    TestNode one = node(1);
    TestNode two = node(2);
    startAll(zero, one, two);
    fill(two, 0, 25);
    zero.close();
    StubStorage half = new StubStorage();
    half.result =
        entry ->
            entry instanceof Storing.Entry.Put && half.records.size() >= 10
                ? Storing.Result.Refusal.DISK_FULL
                : Storing.Result.Done.DURABLE;
    TestNode empty = node(0, half).start();
    await().until(() -> half.records.size() == 10 && half.notes.containsKey("rebuild.2"));
    empty.close();
    half.records.clear();
    half.notes.put("rebuild.2", Bytes.utf8("at:10"));
    half.result = entry -> Storing.Result.Done.DURABLE;
    TestNode again = node(0, half).start();
    await().until(() -> again.findings.contains(COMPLETE));
    assertThat(half.records).hasSize(15);
  }

  /** As a process that was stopped: its machine takes the connection, and nobody speaks. */
  @Test
  void a_member_that_says_nothing_does_not_keep_a_rebuild_from_the_others() {
    TestNode zero = node(0);
    zero.storage.notes.put("store.id", Bytes.utf8("mine"));
    zero.storage.notes.put("store.state", Bytes.utf8("rebuilding"));
    TestNode two = node(2).start();
    fill(two, 0, 25);
    NetServer one = two.vertx().createNetServer().connectHandler(NetSocket::pause);
    TestNode.await(one.listen(members[1].grpcPort(), Fixture.HOST));
    zero.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> zero.storage.records.size() == 25);
    TestNode.await(one.close());
    node(1).start();
    await().atMost(Duration.ofSeconds(30)).until(() -> zero.findings.contains(COMPLETE));
  }

  @Test
  void two_workers_that_lost_their_stores_do_not_wait_for_each_other() {
    TestNode zero = node(0);
    TestNode one = node(1);
    TestNode two = node(2);
    startAll(zero, one, two);
    fill(two, 0, 25);
    zero.close();
    one.close();
    TestNode emptyZero = node(0, new StubStorage()).start();
    TestNode emptyOne = node(1, new StubStorage()).start();
    await().until(() -> emptyZero.findings.contains(COMPLETE));
    await().until(() -> emptyOne.findings.contains(COMPLETE));
    assertThat(emptyZero.storage.records).hasSize(25);
    assertThat(emptyOne.storage.records).hasSize(25);
  }

  @Test
  void a_batch_that_the_own_storage_refuses_is_fetched_again() {
    TestNode zero = node(0);
    TestNode one = node(1);
    TestNode two = node(2);
    startAll(zero, one, two);
    fill(two, 0, 25);
    zero.close();
    StubStorage full = new StubStorage();
    full.result =
        entry ->
            entry instanceof Storing.Entry.Put && full.records.size() >= 20
                ? Storing.Result.Refusal.DISK_FULL
                : Storing.Result.Done.DURABLE;
    TestNode empty = node(0, full).start();
    await().until(() -> full.records.size() == 20);
    assertThat(empty.findings).doesNotContain(COMPLETE);
    full.result = entry -> Storing.Result.Done.DURABLE;
    await().until(() -> empty.findings.contains(COMPLETE));
    assertThat(full.records).hasSize(25);
    assertThat(empty.work)
        .contains(new WorkProgress(WorkProgress.Kind.RECOVERY, 0, 25, 25, "keys", true));
  }

  @Test
  void what_the_own_storage_refused_is_fetched_after_a_restart() {
    TestNode zero = node(0);
    startAll(zero, node(1), node(2));
    fill(nodes.get(2), 0, 25);
    zero.close();
    StubStorage full = new StubStorage();
    full.result =
        entry ->
            entry instanceof Storing.Entry.Put && full.records.size() >= 10
                ? Storing.Result.Refusal.DISK_FULL
                : Storing.Result.Done.DURABLE;
    TestNode empty = node(0, full).start();
    await().until(() -> full.entries.stream().filter(IdentityTest::isPut).count() >= 20);
    empty.close();
    full.result = entry -> Storing.Result.Done.DURABLE;
    TestNode again = node(0, full).start();
    await().until(() -> again.findings.contains(COMPLETE));
    assertThat(full.records).hasSize(25);
  }

  private static boolean isPut(Storing.Entry entry) {
    return entry instanceof Storing.Entry.Put;
  }

  @Test
  void what_is_lost_at_the_end_of_a_rebuild_is_fetched_again() {
    Storing.Entry last = new Storing.Entry.Note("rebuild.2", Bytes.utf8("done"));
    assertThat(rebuiltAfterALossAt(last).storage.records).hasSize(25);
  }

  @Test
  void what_is_lost_while_the_end_of_a_rebuild_is_kept_is_fetched_again() {
    Storing.Entry last = new Storing.Entry.Note("store.state", Bytes.utf8("complete"));
    assertThat(rebuiltAfterALossAt(last).storage.records).hasSize(25);
  }

  @Test
  void what_is_lost_in_the_middle_of_a_rebuild_is_fetched_also_after_a_kill() {
    TestNode zero = node(0);
    startAll(zero, node(1), node(2));
    fill(nodes.get(1), 0, 25);
    AtomicBoolean lost = new AtomicBoolean();
    AtomicBoolean killed = new AtomicBoolean();
    zero.storage.result =
        entry -> {
          if (killed.get()) {
            return Storing.Result.Refusal.STORAGE_FAILED;
          }
          if (entry.equals(mark("at:10")) && lost.compareAndSet(false, true)) {
            zero.storage.records.clear();
            zero.bus().publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN);
          }
          killed.set(entry.equals(mark("at:20")));
          return Storing.Result.Done.DURABLE;
        };
    zero.bus().publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN);
    await().until(killed::get);
    zero.close();
    zero.storage.result = entry -> Storing.Result.Done.DURABLE;
    TestNode again = node(0, zero.storage).start();
    await().until(() -> again.findings.contains(COMPLETE));
    assertThat(again.storage.records).hasSize(25);
  }

  private static Storing.Entry mark(String value) {
    return new Storing.Entry.Note("rebuild.1", Bytes.utf8(value));
  }

  /**
   * Loses everything when an entry is stored, which is confirmed late; what comes behind it is
   * slow.
   */
  private TestNode rebuiltAfterALossAt(Storing.Entry moment) {
    TestNode zero = node(0);
    startAll(zero, node(1), node(2));
    fill(nodes.get(1), 0, 25);
    AtomicBoolean once = new AtomicBoolean();
    zero.storage.result =
        entry -> {
          if (entry.equals(moment) && once.compareAndSet(false, true)) {
            zero.storage.records.clear();
            zero.bus().publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN);
            zero.storage.confirmation = zero.vertx().timer(200, TimeUnit.MILLISECONDS);
            zero.storage.gate = zero.vertx().timer(500, TimeUnit.MILLISECONDS);
          }
          return Storing.Result.Done.DURABLE;
        };
    zero.findings.clear();
    zero.bus().publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN);
    await().until(() -> once.get() && zero.findings.contains(COMPLETE));
    return zero;
  }
}
