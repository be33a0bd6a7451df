package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.config.StorageConfig.Durability;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoringTest {

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void what_is_stored_is_read_back() {
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DURABLE);
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(node.version("a")).isEqualTo(new Holding.Answer.VersionOnly(Sample.version(1)));
  }

  @Test
  void a_tombstone_is_held_like_a_value() {
    node.store(Sample.put("a", 1, "one"), Sample.delete("a", 2));
    assertThat(node.record("a")).isEqualTo(new Holding.Answer.Whole(Sample.tombstone("a", 2)));
  }

  @Test
  void what_was_stored_or_read_lately_is_read_from_memory() {
    node.store(Sample.put("a", 1, "one"));
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(lookUps("memory")).isEqualTo(1);
    assertThat(lookUps("engine")).isZero();
    node.restart();
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(lookUps("engine")).isEqualTo(1);
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(node.version("a")).isEqualTo(new Holding.Answer.VersionOnly(Sample.version(1)));
    assertThat(lookUps("memory")).isEqualTo(3);
  }

  @Test
  void what_is_held_no_longer_is_not_remembered_either() {
    node.store(Sample.put("a", 1, "one"));
    node.store(new Storing.Entry.Forget(Key.of("a"), Sample.version(1)));
    assertThat(node.record("a")).isInstanceOf(Holding.Answer.Nothing.class);
  }

  private double lookUps(String from) {
    return node.meters.counter("rondo.storage.lookups", "from", from).count();
  }

  @Test
  void each_entry_has_its_result_in_its_place() {
    assertThat(
            node.store(
                Sample.put("a", 2, "two"),
                Sample.put("a", 1, "one"),
                Sample.put("b", 1, "one"),
                Sample.put("a", 2, "two"),
                Sample.hint(3, "c", 1, "for three")))
        .containsExactly(
            DURABLE, new Storing.Result.Newer(Sample.version(2)), DURABLE, DURABLE, DURABLE);
  }

  @Test
  void the_same_version_again_is_durable_already() {
    node.store(Sample.put("a", 1, "one"));
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DURABLE);
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void nothing_to_store_is_answered_with_nothing() {
    assertThat(node.store()).isEmpty();
  }

  @Test
  void a_key_that_is_not_held_counts_once_this_worker_knows_what_it_holds() {
    assertThat(node.record("a")).isEqualTo(new Holding.Answer.Nothing(false));
    node.bus.publish(
        Addresses.FITNESS_CHANGED, new Fitness(true, true, true, true, true, false, 0));
    assertThat(node.record("a")).isEqualTo(new Holding.Answer.Nothing(true));
  }

  @Test
  void everything_is_found_after_a_restart() {
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      entries.add(Sample.put("key-" + i, 1, "value " + i));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
    node.store(Sample.delete("key-0", 2), Sample.note("name", "value"));
    node.restart();
    for (int i = 1; i < 500; i++) {
      assertThat(node.record("key-" + i)).isEqualTo(Sample.whole("key-" + i, 1, "value " + i));
    }
    assertThat(node.recall("name")).isEqualTo(Bytes.utf8("value"));
    assertThat(node.figures().keys()).isEqualTo(499);
  }

  @Test
  void closing_finishes_what_waits() {
    List<Future<Storing.Stored>> asked = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Storing.Entry put = Sample.put("key-" + i, 1, "value");
      asked.add(node.ask(Addresses.STORE, new Storing.Store(List.of(put))));
    }
    // An answer to nothing comes at once, while the others still wait for the disk.
    TestNode.await(
        node.ask(Addresses.STORE, new Storing.Store(List.of())).compose(last -> node.undeploy()));
    asked.forEach(future -> assertThat(TestNode.await(future).results()).containsExactly(DURABLE));
    node.start();
    assertThat(node.figures().keys()).isEqualTo(1000);
  }

  @Test
  void with_interval_durability_nothing_is_lost_by_a_clean_stop() {
    node.close();
    node = new TestNode(TestConfig.in(data).durability(Durability.INTERVAL)).start();
    node.store(Sample.put("a", 1, "one"));
    node.restart();
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
  }

  @Test
  void a_note_is_synced_whatever_is_configured_for_the_data() {
    node.close();
    node = new TestNode(TestConfig.in(data).durability(Durability.INTERVAL)).start();
    List<Boolean> syncs = new CopyOnWriteArrayList<>();
    node.writing =
        (engine, batch, sync) -> {
          syncs.add(sync);
          engine.write(batch, sync);
        };
    node.store(Sample.put("a", 1, "one"));
    node.store(Sample.note("name", "value"));
    assertThat(syncs).containsExactly(false, true);
  }

  @Test
  void a_full_queue_refuses_at_once_and_drops_nothing_that_it_took() throws Exception {
    node.close();
    node = new TestNode(TestConfig.in(data).queues(16, 16)).start();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch disk = new CountDownLatch(1);
    node.writing =
        (engine, batch, sync) -> {
          busy.countDown();
          await(disk);
          engine.write(batch, sync);
        };
    List<Storing.Entry> many =
        Collections.nCopies(16, Sample.put("a", 1, "one")).stream()
            .map(Storing.Entry.class::cast)
            .toList();
    Future<Storing.Stored> writing = node.ask(Addresses.STORE, new Storing.Store(many));
    await(busy);
    Future<Storing.Stored> waiting = node.ask(Addresses.STORE, new Storing.Store(many));
    Future<Storing.Stored> more = node.ask(Addresses.STORE, new Storing.Store(many));
    assertThat(TestNode.await(more).results())
        .hasSize(16)
        .containsOnly(Storing.Result.Refusal.OVERLOADED);
    disk.countDown();
    assertThat(TestNode.await(writing).results()).containsOnly(DURABLE);
    assertThat(TestNode.await(waiting).results()).containsOnly(DURABLE);
  }

  @Test
  void a_note_of_no_bytes_is_forgotten() {
    node.store(Sample.note("name", "value"));
    node.store(Sample.note("name", ""));
    assertThat(node.recall("name")).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void a_new_store_has_an_identity_and_is_new() {
    Bytes id = node.recall("store.id");
    assertThat(id.length()).isEqualTo(16);
    assertThat(node.recall("store.state")).isEqualTo(Bytes.utf8("new"));
    node.restart();
    assertThat(node.recall("store.id")).isEqualTo(id);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
