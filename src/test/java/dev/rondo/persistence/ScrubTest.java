package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Listing;
import dev.rondo.bus.RecordsLost;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the files of a store is found though nobody reads it, and the rest is kept. */
class ScrubTest {

  private static final int KEYS = 3_000;
  private static final int FLIPS = 50;

  @TempDir Path data;
  private final Queue<RecordsLost> lost = new ConcurrentLinkedQueue<>();
  private TestNode node;

  @BeforeEach
  void fill() {
    node = new TestNode(TestConfig.in(data).scrubbing()).start();
    node.bus.subscribe(Addresses.RECORDS_LOST, lost::add);
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      entries.add(Sample.put(key(i), 1, value(i)));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void an_intact_store_is_verified_again_and_again() {
    await().until(() -> count("runs") >= 2);
    assertThat(count("records")).isGreaterThanOrEqualTo(2 * KEYS);
    assertThat(count("tables")).isZero();
    assertThat(damaged()).isZero();
  }

  @Test
  void of_damaged_records_none_is_served_none_is_forgotten_and_all_can_be_written_anew() {
    flip(Family.RECORDS);
    await().until(() -> count("salvages") == 1);
    int unreadable = 0;
    for (int i = 0; i < KEYS; i++) {
      Holding.Answer answer = node.record(key(i));
      if (answer instanceof Holding.Answer.Unreadable) {
        unreadable++;
      } else {
        assertThat(answer).isEqualTo(Sample.whole(key(i), 1, value(i)));
      }
    }
    assertThat(unreadable).isBetween(1, KEYS - 1);
    assertThat(damaged()).isEqualTo(unreadable);
    assertThat(node.figures().keys()).isEqualTo(KEYS);
    assertThat(lost).isEmpty();
    int lostByName = unreadable;
    node.restart();
    await().until(() -> damaged() == lostByName);
    mend();
    allIsThere();
  }

  @Test
  void a_damaged_index_is_made_anew_from_the_records() {
    flip(Family.INDEX);
    await().until(() -> count("salvages") == 1);
    assertThat(damaged()).isZero();
    assertThat(lost).isEmpty();
    allIsThere();
  }

  @Test
  void where_records_and_index_are_damaged_nothing_is_no_answer_any_more() {
    flip(Family.RECORDS, Family.INDEX);
    await().until(() -> !lost.isEmpty());
    assertThat(node.record("never stored")).isEqualTo(new Holding.Answer.Nothing(false));
    assertThat(node.recall("store.state")).isEqualTo(Bytes.utf8("rebuilding"));
    assertThat(node.list("", Bytes.EMPTY, 10, false).whole()).isFalse();
  }

  @Test
  void damage_to_what_the_store_knows_of_itself_heals_while_it_runs() {
    Bytes identity = node.recall("store.id");
    node.store(new Storing.Entry.Note("promise", Bytes.utf8("kept")));
    node.restart();
    node.store(new Storing.Entry.Note("promise", Bytes.utf8("kept anew")));
    List<Path> tables = new Flips(node).tables(Family.META);
    tables.forEach(table -> Flips.flip(table, 0.1));
    await().until(() -> count("salvages") == 1);
    node.restart();
    assertThat(node.recall("store.id")).isEqualTo(identity);
    assertThat(node.recall("promise")).isEqualTo(Bytes.utf8("kept anew"));
    allIsThere();
  }

  @Test
  void a_store_that_was_condemned_is_salvaged_at_the_start() throws IOException {
    node.stop();
    damage(Family.RECORDS);
    Files.writeString(node.storeFolder().resolve("CONDEMNED"), "a compaction failed");
    node.start();
    assertThat(node.figures().setAside()).contains("store.corrupt-");
    assertThat(node.figures().keys()).isEqualTo(KEYS);
  }

  @Test
  void a_record_that_only_the_index_knows_is_found() throws Exception {
    node.stop();
    try (Engine engine =
            Engine.open(node.storeFolder(), node.config.storage(), Engine.Mode.READ_WRITE);
        org.rocksdb.WriteBatch batch = new org.rocksdb.WriteBatch()) {
      batch.delete(engine.family(Family.RECORDS), Key.of(key(7)).bytes().toArray());
      engine.write(batch, true);
      engine.flush();
    }
    node.start();
    await().until(() -> damaged() == 1);
    assertThat(node.record(key(7))).isInstanceOf(Holding.Answer.Unreadable.class);
  }

  private void flip(Family... families) {
    node.stop();
    damage(families);
    node.start();
  }

  private void damage(Family... families) {
    Flips flips = new Flips(node);
    Random random = new Random(50);
    for (int i = 0; i < FLIPS; i++) {
      List<Path> tables = flips.tables(families[i % families.length]);
      // Not behind the blocks with data, where the engine would find it at once.
      Flips.flip(tables.get(random.nextInt(tables.size())), 0.8 * random.nextDouble());
    }
  }

  /** As the other owners would. */
  private void mend() {
    await()
        .until(
            () -> {
              keysDamaged()
                  .forEach(
                      key -> {
                        int i = Integer.parseInt(key.toString().substring(4));
                        node.store(Sample.put(key(i), 1, value(i)));
                      });
              return damaged() == 0;
            });
  }

  private void allIsThere() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(node.record(key(i))).isEqualTo(Sample.whole(key(i), 1, value(i)));
    }
    Listing.Listed page = node.list("", Bytes.EMPTY, 1000, false);
    assertThat(page.items()).hasSize(1000);
    assertThat(page.whole()).isTrue();
    assertThat(node.figures().keys()).isEqualTo(KEYS);
  }

  private List<Key> keysDamaged() {
    return TestNode.await(node.ask(Addresses.DAMAGED, new Damaged.Ask(null, KEYS))).keys();
  }

  private int damaged() {
    return TestNode.await(node.ask(Addresses.DAMAGED, new Damaged.Ask(null, 1))).count();
  }

  private double count(String name) {
    return node.meters.get("rondo.storage.scrub." + name).counter().count();
  }

  private static String key(int i) {
    return "key-%06d".formatted(i);
  }

  private static String value(int i) {
    return "value %d %x".formatted(i, new Random(i).nextLong());
  }
}
