package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Storing;
import dev.rondo.config.StorageConfig;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.vault.LostKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What a store is told of itself when its records are lost and its index is not. */
class SalvageTest {

  private static final int NAMES_MAX = 3;

  @TempDir Path folder;
  private final WriteBatch batch = new WriteBatch();
  private final DamagedKeys damaged =
      new DamagedKeys(
          new SimpleMeterRegistry().counter("damaged"),
          new SuspectTables(),
          new LostKeys(NAMES_MAX));
  private Engine from;
  private Engine to;

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @BeforeEach
  void open() throws Exception {
    StorageConfig config = TestConfig.in(folder).storage();
    from = Engine.open(Files.createDirectory(folder.resolve("from")), config, Engine.Mode.CREATE);
    to = Engine.open(Files.createDirectory(folder.resolve("to")), config, Engine.Mode.CREATE);
  }

  @AfterEach
  void close() throws RocksDBException {
    batch.close();
    from.close();
    to.close();
  }

  @Test
  void a_damaged_record_that_no_index_names_is_not_taken_for_nothing() throws Exception {
    TestNode node = TestNode.in(folder.resolve("node"));
    node.store(
        IntStream.range(0, 3_000)
            .mapToObj(i -> Sample.put(i == 0 ? "victim" : "key-" + i, 1, "value " + i))
            .toArray(Storing.Entry[]::new));
    node.stop();
    StorageConfig config = node.config.storage();
    try (Engine engine = Engine.open(node.storeFolder(), config, Engine.Mode.READ_WRITE)) {
      byte[] damagedRecord = Sample.record("victim", 1, "value 0").encoded().toArray();
      damagedRecord[damagedRecord.length - 6] ^= 1;
      batch.put(engine.family(Family.RECORDS), Key.of("victim").bytes().toArray(), damagedRecord);
      engine.write(batch, true);
      engine.flush();
    }
    batch.clear();
    new Flips(node).flip(Family.INDEX, "victim");

    try (Engine engine = Engine.open(node.storeFolder(), config, Engine.Mode.READ_ONLY)) {
      assertThat(Salvage.copy(engine, to, damaged, null).unknown()).isTrue();
    }
    node.close();
  }

  @Test
  void records_that_can_all_be_named_are_all_that_is_lost() throws RocksDBException {
    onlyTheIndexKnows(NAMES_MAX);
    Salvage.Outcome outcome = salvage();
    assertThat(outcome.lost()).isEqualTo(NAMES_MAX);
    assertThat(outcome.unknown()).isFalse();
    assertThat(note(Layout.STORE_STATE)).isNull();
    assertThat(damaged.count()).isEqualTo(NAMES_MAX);
  }

  @Test
  void a_store_that_lost_more_than_can_be_named_has_to_be_rebuilt() throws RocksDBException {
    onlyTheIndexKnows(NAMES_MAX + 1);
    Salvage.Outcome outcome = salvage();
    assertThat(outcome.lost()).isEqualTo(NAMES_MAX + 1);
    assertThat(outcome.unknown()).isTrue();
    assertThat(note(Layout.STORE_STATE)).isEqualTo(Layout.STATE_REBUILDING);
    assertThat(damaged.count()).isEqualTo(NAMES_MAX);
  }

  @Test
  void a_key_that_is_known_to_be_damaged_takes_no_further_room() throws RocksDBException {
    onlyTheIndexKnows(NAMES_MAX);
    for (int i = 0; i < NAMES_MAX; i++) {
      damaged.lost(Key.of(key(i)));
    }
    assertThat(salvage().unknown()).isFalse();
    damaged.healed(Key.of(key(0)));
    damaged.healed(Key.of(key(0)));
    assertThat(damaged.count()).isEqualTo(NAMES_MAX - 1);
  }

  @Test
  void a_rebuild_begins_anew_when_what_it_had_fetched_may_be_lost() throws RocksDBException {
    from.write(notes("rebuild.2", "at:far", "promise", "kept"), false);
    onlyTheIndexKnows(NAMES_MAX + 1);
    assertThat(salvage().unknown()).isTrue();
    assertThat(note("rebuild.2")).isNull();
    assertThat(note("promise")).isEqualTo("kept");
  }

  @Test
  void a_rebuild_goes_on_where_it_was_when_all_that_is_lost_has_a_name() throws RocksDBException {
    from.write(notes("rebuild.2", "at:far"), false);
    onlyTheIndexKnows(1);
    assertThat(salvage().unknown()).isFalse();
    assertThat(note("rebuild.2")).isEqualTo("at:far");
  }

  private WriteBatch notes(String... namesAndValues) throws RocksDBException {
    batch.clear();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      batch.put(
          from.family(Family.META),
          Layout.name(namesAndValues[i]),
          Layout.name(namesAndValues[i + 1]));
    }
    return batch;
  }

  private Salvage.Outcome salvage() throws RocksDBException {
    return Salvage.copy(from, to, damaged, null);
  }

  private void onlyTheIndexKnows(int keys) throws RocksDBException {
    byte[] entry = new byte[IndexEntry.SIZE];
    batch.clear();
    for (int i = 0; i < keys; i++) {
      StoredRecord record = Sample.record(key(i), 1, "lost");
      IndexEntry.of(record).write(entry);
      batch.put(from.family(Family.INDEX), Layout.indexKey(Key.of(key(i))), entry);
    }
    from.write(batch, false);
  }

  private @Nullable String note(String name) throws RocksDBException {
    byte[] value = to.get(Family.META, Layout.name(name));
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private static String key(int i) {
    return "key-" + i;
  }
}
