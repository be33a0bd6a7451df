package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static dev.rondo.replication.TestNode.await;
import static dev.rondo.replication.TestNode.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Departure;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker thinks of a peer, and what becomes of requests, when the way between fails. */
class LinkTest {
  private final Member[] members = Fixture.members(2);
  private final Topology topology = Fixture.topology(1, members);
  private final StallingProxy proxy = new StallingProxy(members[1].grpcPort());
  private final Topology throughProxy =
      Fixture.topology(1, members[0], new Member(1, Fixture.HOST, 1, proxy.port()));
  private final TestNode zero = new TestNode(0, throughProxy);
  private TestNode one = new TestNode(1, topology);

  @AfterEach
  void stop() {
    zero.close();
    one.close();
    proxy.close();
  }

  private void startBoth() {
    one.start();
    zero.start();
    await().until(() -> zero.reaches(1) && one.reaches(0));
  }

  private Future<Storing.Result> put(String key) {
    return zero.send(1, new Storing.Entry.Put(Key.of(key), record(Key.of(key), "value")));
  }

  private static void isFault(Future<?> future, PeerFault.Kind kind) {
    assertThat(failure(future))
        .isInstanceOfSatisfying(PeerFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  @Test
  void a_peer_that_was_never_met_is_not_reachable() {
    zero.start();
    assertThat(zero.reaches(1)).isFalse();
    isFault(put("alpha"), PeerFault.Kind.NOT_SENT);
  }

  @Test
  void another_cluster_is_refused() {
    one.cluster = "other";
    one.start();
    zero.start();
    await().until(() -> one.meters.find("rondo.peer.connects").counter() != null);
    isFault(put("alpha"), PeerFault.Kind.NOT_SENT);
    assertThat(zero.reaches(1)).isFalse();
    assertThat(one.reaches(0)).isFalse();
  }

  @Test
  void a_worker_is_not_taken_for_another() {
    zero.close();
    TestNode two =
        new TestNode(
            0, Fixture.topology(1, members[0], new Member(2, Fixture.HOST, 1, proxy.port())));
    try {
      one.start();
      two.start();
      isFault(
          two.send(2, new Storing.Entry.Put(Key.of("a"), record(Key.of("a"), "value"))),
          PeerFault.Kind.NOT_SENT);
      assertThat(two.reaches(2)).isFalse();
    } finally {
      two.close();
    }
  }

  @Test
  void a_peer_that_starts_again_is_found_again() {
    startBoth();
    one.close();
    await().until(() -> !zero.reaches(1));
    one = new TestNode(1, topology, one.storage).start();
    await().until(() -> zero.reaches(1));
    assertThat(await(put("alpha"))).isEqualTo(Storing.Result.Done.DURABLE);
  }

  @Test
  void what_is_outstanding_fails_at_once_when_the_connection_breaks() {
    startBoth();
    one.storage.hold();
    Future<Storing.Result> put = put("alpha");
    await().until(() -> one.storage.gate != null && outstanding() == 1);
    long before = System.nanoTime();
    proxy.cut();
    isFault(put, PeerFault.Kind.UNANSWERED);
    assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
  }

  private double outstanding() {
    return zero.meters.get("rondo.peer.outstanding").gauge().value();
  }

  @Test
  void a_worker_that_reacts_has_not_departed_whatever_the_membership_layer_says() {
    startBoth();
    zero.reachabilities.clear();
    zero.bus().publish(Addresses.DEPARTED, new Departure(1));
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    assertThat(zero.reachabilities).isEmpty();
    assertThat(await(put("alpha"))).isEqualTo(Storing.Result.Done.DURABLE);
  }

  @Test
  void a_departed_worker_that_does_not_react_is_given_up() {
    startBoth();
    proxy.stall();
    Future<Storing.Result> put = put("alpha");
    await().until(() -> outstanding() >= 1);
    zero.bus().publish(Addresses.DEPARTED, new Departure(1));
    isFault(put, PeerFault.Kind.UNANSWERED);
    assertThat(zero.reaches(1)).isFalse();
  }

  @Test
  void a_silent_peer_is_suspected_but_its_answer_is_still_taken() {
    startBoth();
    proxy.stall();
    Future<Storing.Result> put = put("alpha");
    await().until(() -> !zero.reaches(1));
    assertThat(put.isComplete()).isFalse();
    proxy.resume();
    assertThat(await(put)).isEqualTo(Storing.Result.Done.DURABLE);
    await().until(() -> zero.reaches(1));
  }

  @Test
  void an_idle_peer_that_stops_is_suspected_without_a_request() {
    startBoth();
    proxy.stall();
    await().until(() -> !zero.reaches(1));
    proxy.resume();
    await().until(() -> zero.reaches(1));
  }

  @Test
  void a_way_that_swallows_everything_is_replaced_by_a_new_one() {
    startBoth();
    proxy.stall();
    await().until(() -> !zero.reaches(1));
    double before = connects();
    // Longer than patience with a silent connection, which a new one replaces.
    await().until(() -> notSent() > 0);
    proxy.resume();
    await().until(() -> zero.reaches(1));
    assertThat(connects()).isGreaterThan(before);
    assertThat(await(put("beta"))).isEqualTo(Storing.Result.Done.DURABLE);
  }

  private double notSent() {
    put("alpha");
    return zero.meters.get("rondo.peer.not.sent").counter().count();
  }

  private double connects() {
    return zero.meters.get("rondo.peer.connects").counter().count();
  }

  @Test
  void more_requests_than_the_queue_takes_fail_at_once() {
    zero.queueMax = 16;
    startBoth();
    one.storage.hold();
    List<Future<Storing.Result>> puts =
        new ArrayList<>(IntStream.range(0, 40).mapToObj(i -> put("key" + i)).toList());
    await().until(() -> puts.stream().filter(Future::failed).count() >= 24);
    puts.stream()
        .filter(Future::failed)
        .limit(24)
        .forEach(put -> isFault(put, PeerFault.Kind.NOT_SENT));
  }

  @Test
  void the_largest_value_travels_in_one_message() {
    one.timeouts = zero.timeouts = new Timeouts(16_000, 17_000, 18_000, 19_000, 50);
    startBoth();
    Key key = Key.of("alpha");
    StoredRecord record =
        StoredRecord.live(key, Fixture.version(0), "", Bytes.wrap(new byte[64 << 20]));
    assertThat(await(zero.send(1, new Storing.Entry.Put(key, record))))
        .isEqualTo(Storing.Result.Done.DURABLE);
    assertThat(one.storage.records).containsEntry(key, record);
  }

  @Test
  void a_peer_that_does_not_read_fills_the_queue_and_no_more() {
    startBoth();
    proxy.stall();
    List<Future<Storing.Result>> puts = new ArrayList<>();
    byte[] mebibyte = new byte[1 << 20];
    for (int i = 0; i < 150; i++) {
      Key key = Key.of("key" + i);
      StoredRecord large = StoredRecord.live(key, Fixture.version(0), "", Bytes.wrap(mebibyte));
      puts.add(zero.send(1, new Storing.Entry.Put(key, large)));
    }
    await().until(() -> puts.stream().anyMatch(Future::failed));
    isFault(
        puts.stream().filter(Future::failed).findFirst().orElseThrow(), PeerFault.Kind.NOT_SENT);
  }

  @Test
  void what_is_not_answered_in_time_fails() {
    startBoth();
    one.storage.gate = Future.future(never -> {});
    long before = System.nanoTime();
    isFault(put("alpha"), PeerFault.Kind.UNANSWERED);
    assertThat(System.nanoTime() - before).isGreaterThan(1_500_000_000L);
  }

  @Test
  void a_member_that_leaves_is_forgotten_and_a_new_one_is_called() {
    startBoth();
    zero.change(Fixture.topology(2, members[0]));
    await().until(() -> zero.meters.find("rondo.peer.connects").counter() == null);
    isFault(put("alpha"), PeerFault.Kind.NOT_SENT);
    zero.change(Fixture.topology(3, members[0], new Member(1, Fixture.HOST, 1, proxy.port())));
    await().until(() -> zero.reaches(1));
    assertThat(await(put("alpha"))).isEqualTo(Storing.Result.Done.DURABLE);
  }

  @Test
  void a_worker_that_stops_finishes_what_it_was_asked() {
    startBoth();
    var opened = one.storage.hold();
    Future<Storing.Result> put = put("alpha");
    await().until(() -> outstanding() == 1);
    one.vertx().setTimer(200, later -> opened.complete());
    long before = System.nanoTime();
    one.undeploy();
    assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    assertThat(await(put)).isEqualTo(Storing.Result.Done.DURABLE);
    isFault(put("beta"), PeerFault.Kind.NOT_SENT);
  }
}
