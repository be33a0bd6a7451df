package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.vault.LostKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What the verification says of records while they are written. */
class RecordCheckTest {

  private static final String HOT = "hot";
  private static final int WRITES = 40_000;

  /** It takes longer to read than to be written again. */
  private static final String VALUE = "v".repeat(4_000);

  @TempDir Path folder;
  private final DamagedKeys damaged =
      new DamagedKeys(
          new SimpleMeterRegistry().counter("damaged"), new SuspectTables(), new LostKeys(10));
  private Engine engine;

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @BeforeEach
  void open() throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));
    engine = Engine.open(store, TestConfig.in(folder).storage(), Engine.Mode.CREATE);
  }

  @AfterEach
  void close() throws RocksDBException {
    engine.close();
  }

  @Test
  void a_record_that_is_written_all_the_time_is_not_taken_for_damaged() throws Exception {
    write(1, 1);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(this::writeAgainAndAgain);
    while (!writing.isDone()) {
      check();
    }
    writing.join();
    assertThat(damaged.count()).isZero();
  }

  @Test
  void a_record_of_which_the_index_says_something_else_is_damaged() throws Exception {
    write(2, 1);
    check();
    assertThat(damaged.contains(Key.of(HOT))).isTrue();
  }

  private void check() throws RocksDBException {
    new RecordCheck(damaged, Bytes.EMPTY).in(engine);
  }

  private void writeAgainAndAgain() {
    try {
      for (int version = 2; version <= WRITES; version++) {
        write(version, version);
      }
    } catch (RocksDBException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void write(long recorded, long indexed) throws RocksDBException {
    Key key = Key.of(HOT);
    StoredRecord record = Sample.record(HOT, recorded, VALUE);
    byte[] entry = new byte[IndexEntry.SIZE];
    IndexEntry.of(Sample.record(HOT, indexed, VALUE)).write(entry);
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(engine.family(Family.RECORDS), key.bytes().toArray(), record.encoded().toArray());
      batch.put(engine.family(Family.INDEX), Layout.indexKey(key), entry);
      engine.writeUnlogged(batch);
    }
  }
}
