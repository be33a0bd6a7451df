package dev.rondo.replication;

import static dev.rondo.replication.Fixture.record;
import static dev.rondo.replication.TestNode.await;
import static dev.rondo.replication.TestNode.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Holding;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final Key KEY = Key.of("alpha");

  private final Member[] members = Fixture.members(2);
  private final Topology topology = Fixture.topology(1, members);
  private final TestNode zero = new TestNode(0, topology);
  private final TestNode one = new TestNode(1, topology);

  @BeforeEach
  void start() {
    zero.start();
    one.start();
    await().until(() -> zero.reaches(1) && one.reaches(0));
    one.storage.stores.clear();
  }

  @AfterEach
  void stop() {
    zero.close();
    one.close();
  }

  @Test
  void a_copy_is_durable_at_the_peer() {
    StoredRecord record = record(KEY, "value");
    assertThat(await(zero.send(1, new Storing.Entry.Put(KEY, record))))
        .isEqualTo(Storing.Result.Done.DURABLE);
    assertThat(one.storage.records).containsEntry(KEY, record);
  }

  @Test
  void a_hint_arrives_with_its_owner() {
    Storing.Entry hint = new Storing.Entry.Hint(9, KEY, record(KEY, "value"));
    await(zero.send(1, hint));
    assertThat(one.storage.entries).contains(hint);
  }

  @Test
  void the_peers_clock_is_moved_past_what_it_receives() {
    StoredRecord record = record(KEY, "value");
    await(zero.send(1, new Storing.Entry.Put(KEY, record)));
    await().until(() -> one.observed.contains(record.version()));
  }

  @Test
  void a_version_from_the_future_is_refused() {
    StoredRecord record = StoredRecord.tombstone(KEY, Fixture.version(60_000));
    assertThat(await(zero.send(1, new Storing.Entry.Put(KEY, record))))
        .isEqualTo(Storing.Result.Refusal.CLOCK_DRIFT);
    assertThat(one.storage.records).isEmpty();
    assertThat(one.observed).doesNotContain(record.version());
  }

  @Test
  void a_fetch_brings_the_record_its_version_or_nothing() {
    StoredRecord record = record(KEY, "value");
    one.storage.records.put(KEY, record);
    assertThat(await(fetch(KEY, Holding.Want.RECORD))).isEqualTo(new Holding.Answer.Whole(record));
    assertThat(await(fetch(KEY, Holding.Want.VERSION)))
        .isEqualTo(new Holding.Answer.VersionOnly(record.version()));
    assertThat(await(fetch(Key.of("beta"), Holding.Want.RECORD)))
        .isEqualTo(new Holding.Answer.Nothing(true));
  }

  @Test
  void what_a_peer_keeps_for_another_is_no_copy_of_its_own() {
    StoredRecord record = record(KEY, "value");
    one.storage.hint(1, KEY, record);
    assertThat(await(zero.ask(Addresses.FETCH_HINT, new Peering.FetchHint(1, KEY))).latest())
        .isEqualTo(record.version());
    assertThat(
            await(zero.ask(Addresses.FETCH_HINT, new Peering.FetchHint(1, Key.of("b")))).latest())
        .isEqualTo(Version.NONE);
    assertThat(await(fetch(KEY, Holding.Want.VERSION))).isEqualTo(new Holding.Answer.Nothing(true));
  }

  private Future<Holding.Answer> fetch(Key key, Holding.Want want) {
    return zero.ask(Addresses.FETCH, new Peering.Fetch(1, key, want));
  }

  @Test
  void a_forwarded_write_is_coordinated_by_the_peer() {
    Writing.Forwarded write = write(KEY);
    Writing.Outcome outcome =
        new Writing.Outcome.Acknowledged(
            write.version(),
            2,
            0,
            2,
            3,
            Writing.Note.FULLY_REPLICATED,
            1,
            List.of(new Writing.Acknowledgement(1, 1, 250)));
    one.writes =
        asked ->
            asked.equals(write) ? Future.succeededFuture(outcome) : Future.failedFuture("other");
    assertThat(await(zero.ask(Addresses.FORWARD_WRITE, new Peering.ForwardWrite(1, write))))
        .isEqualTo(outcome);
  }

  @Test
  void a_forwarded_read_is_coordinated_by_the_peer() {
    Reading.Read read = new Reading.Read(KEY, 2, 1_000);
    Reading.Outcome outcome = new Reading.Outcome.Found(record(KEY, "value"), 1);
    one.reads =
        asked ->
            asked.equals(read) ? Future.succeededFuture(outcome) : Future.failedFuture("other");
    assertThat(await(zero.ask(Addresses.FORWARD_READ, new Peering.ForwardRead(1, read))))
        .isEqualTo(outcome);
  }

  @Test
  void a_stamp_comes_from_the_peers_clock() {
    assertThat(await(zero.ask(Addresses.FETCH_STAMP, new Peering.AskStamp(1))))
        .isEqualTo(Version.of(77, 7, 1));
  }

  @Test
  void a_fault_of_the_peer_is_a_fault_here() {
    one.writes = write -> Future.failedFuture("out of luck");
    assertThat(failure(zero.ask(Addresses.FORWARD_WRITE, new Peering.ForwardWrite(1, write(KEY)))))
        .isInstanceOfSatisfying(
            PeerFault.class, fault -> assertThat(fault.kind()).isEqualTo(PeerFault.Kind.UNANSWERED))
        .hasMessageContaining("out of luck");
  }

  @Test
  void a_stranger_cannot_be_asked() {
    assertThat(failure(zero.ask(Addresses.FETCH_STAMP, new Peering.AskStamp(7))))
        .isInstanceOfSatisfying(
            PeerFault.class, fault -> assertThat(fault.kind()).isEqualTo(PeerFault.Kind.NOT_SENT));
  }

  @Test
  void what_is_sent_in_one_turn_travels_and_is_stored_together() {
    zero.vertx()
        .runOnContext(
            turn -> {
              for (int i = 0; i < 100; i++) {
                Key key = Key.of("key" + i);
                zero.send(1, new Storing.Entry.Put(key, record(key, "value")));
              }
            });
    await().until(() -> one.storage.records.size() == 100);
    assertThat(one.storage.stores).hasSize(1);
    assertThat(zero.meters.get("rondo.peer.batch").tag("peer", "1").summary().max()).isEqualTo(100);
  }

  @Test
  void looks_of_one_turn_are_one_look_up() {
    zero.vertx()
        .runOnContext(
            turn ->
                IntStream.range(0, 50).forEach(i -> fetch(Key.of("key" + i), Holding.Want.RECORD)));
    await().until(() -> !one.storage.lookups.isEmpty());
    assertThat(one.storage.lookups.get(0).items()).hasSize(50);
  }

  @Test
  void a_silent_storage_at_the_peer_ends_as_a_fault() {
    one.storage.hold();
    assertThat(failure(zero.send(1, new Storing.Entry.Put(KEY, record(KEY, "value")))))
        .isInstanceOf(PeerFault.class);
    assertThat(zero.reaches(1)).as("it answers pings").isTrue();
  }

  private static Writing.Forwarded write(Key key) {
    return new Writing.Forwarded(
        new Writing.Write(
            key,
            new Writing.Content("text/plain", Bytes.utf8("value")),
            2,
            true,
            1_000,
            Writing.Condition.Always.ALWAYS),
        Fixture.version(0));
  }
}
