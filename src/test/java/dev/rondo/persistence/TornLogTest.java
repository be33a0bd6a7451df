package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.config.StorageConfig;
import dev.rondo.config.StorageConfig.Durability;
import dev.rondo.vault.LostKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** A power cut during a large write, and damage that only looks like one. */
class TornLogTest {

  private static final int ACKNOWLEDGED = 40;
  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  @TempDir Path folder;
  private StorageConfig config;
  private Path store;
  private Path log;
  private int acknowledgedBytes;

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @BeforeEach
  void killDuringALargeWrite() throws Exception {
    config = TestConfig.in(folder).storage();
    Path original = Files.createDirectory(folder.resolve("original"));
    store = folder.resolve("store");
    try (Engine engine = Engine.open(original, config, Engine.Mode.CREATE)) {
      Path written = writeAcknowledgedAndThenMore(engine, original);
      Files.createDirectory(store);
      try (Stream<Path> files = Files.list(original)) {
        for (Path file : files.toList()) {
          Files.copy(file, store.resolve(file.getFileName()));
        }
      }
      log = store.resolve(written.getFileName());
    }
  }

  private Path writeAcknowledgedAndThenMore(Engine engine, Path files) throws Exception {
    byte[] value = new byte[1000];
    new Random(1).nextBytes(value);
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(engine.family(Family.META), Layout.name(Layout.STORE_ID), new byte[16]);
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        batch.put(engine.family(Family.RECORDS), Layout.name("acknowledged-" + i), value);
        engine.write(batch, true);
        batch.clear();
      }
      Path newest = newestLog(files);
      acknowledgedBytes = (int) Files.size(newest);
      for (int i = 0; i < 200; i++) {
        batch.put(engine.family(Family.RECORDS), Layout.name("unfinished-" + i), value);
      }
      engine.write(batch, true);
      return newest;
    }
  }

  @Test
  void a_page_that_was_not_written_is_forgiven() throws Exception {
    int page = acknowledgedBytes / PAGE * PAGE + 10 * PAGE;
    change(bytes -> Arrays.fill(bytes, page, page + PAGE, (byte) 0));
    assertThat(cut()).isTrue();
    assertThat(keys()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void first_pages_that_were_not_written_are_forgiven() throws Exception {
    int page = acknowledgedBytes / PAGE * PAGE + PAGE;
    change(bytes -> Arrays.fill(bytes, page, page + 20 * PAGE, (byte) 0));
    assertThat(cut()).isTrue();
    assertThat(keys()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void an_end_that_was_not_written_is_forgiven() throws Exception {
    int page = acknowledgedBytes / PAGE * PAGE + 13 * PAGE;
    change(bytes -> Arrays.fill(bytes, page, bytes.length, (byte) 0));
    assertThat(cut()).isTrue();
    assertThat(keys()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void whichever_sectors_were_not_written_is_forgiven() throws Exception {
    byte[] written = Files.readAllBytes(log);
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] torn = written.clone();
      int first = (acknowledgedBytes + SECTOR - 1) / SECTOR;
      int sectors = torn.length / SECTOR - first;
      for (int lost = 1 + random.nextInt(8); lost > 0; lost--) {
        int sector = (first + random.nextInt(sectors)) * SECTOR;
        Arrays.fill(torn, sector, sector + SECTOR, (byte) 0);
      }
      Files.write(log, torn);
      assertThat(cut()).as("seed %d", seed).isTrue();
      assertThat(log).hasSize(acknowledgedBytes);
    }
  }

  @Test
  void a_flipped_bit_in_the_last_write_is_damage() throws Exception {
    change(bytes -> bytes[acknowledgedBytes + 100_000] ^= 1);
    assertThat(cut()).isFalse();
  }

  @Test
  void a_flipped_bit_in_an_earlier_write_is_damage() throws Exception {
    change(bytes -> bytes[acknowledgedBytes / 2] ^= 1);
    assertThat(cut()).isFalse();
  }

  @Test
  void a_sector_lost_from_an_acknowledged_write_is_damage() throws Exception {
    int page = acknowledgedBytes / 2 / PAGE * PAGE;
    change(bytes -> Arrays.fill(bytes, page, page + PAGE, (byte) 0));
    assertThat(cut()).isFalse();
  }

  @Test
  void zeros_in_a_value_do_not_excuse_a_flipped_bit_elsewhere_in_the_write() throws Exception {
    killAfterWriting(new byte[][] {noise(), new byte[100_000]});
    change(bytes -> bytes[5_000] ^= 1);
    assertThat(cut()).isFalse();
  }

  @Test
  void nor_in_an_earlier_write_where_several_may_be_unfinished() throws Exception {
    killAfterWriting(new byte[][] {noise()}, new byte[][] {new byte[100_000]});
    change(bytes -> bytes[5_000] ^= 1);
    assertThat(TornLog.cut(store, false)).isFalse();
  }

  private static byte[] noise() {
    byte[] noise = new byte[100_000];
    new Random(2).nextBytes(noise);
    return noise;
  }

  /** Another store, with a log of just these writes, each of some values. */
  private void killAfterWriting(byte[][]... writes) throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Engine engine = Engine.open(other, config, Engine.Mode.CREATE);
        WriteBatch batch = new WriteBatch()) {
      for (byte[][] values : writes) {
        batch.clear();
        for (byte[] value : values) {
          batch.put(engine.family(Family.RECORDS), Layout.name("key-" + value.length), value);
        }
        engine.write(batch, true);
      }
      store = Files.createDirectory(folder.resolve("killed"));
      log = Files.copy(newestLog(other), store.resolve("000004.log"));
    }
  }

  @Test
  void an_intact_log_is_left_alone() throws Exception {
    long size = Files.size(log);
    assertThat(cut()).isFalse();
    assertThat(log).hasSize(size);
  }

  @Test
  void without_an_fsync_for_each_write_everything_behind_the_gap_goes() throws Exception {
    int page = acknowledgedBytes / 2 / PAGE * PAGE;
    change(bytes -> Arrays.fill(bytes, page, page + PAGE, (byte) 0));
    assertThat(TornLog.cut(store, false)).isTrue();
    assertThat(keys()).isBetween(1, ACKNOWLEDGED - 1);
  }

  @Test
  void the_folder_of_a_node_opens_after_a_power_cut() throws Exception {
    assertThat(config.durability()).isEqualTo(Durability.SYNC);
    int page = acknowledgedBytes / PAGE * PAGE + 10 * PAGE;
    change(bytes -> Arrays.fill(bytes, page, page + PAGE, (byte) 0));
    Rescue none = new Rescue(folder, config, nothing(), new NoteBook(), () -> Long.MAX_VALUE);
    StoreFolder.Opened opened = new StoreFolder(folder, config, none, engine -> {}).open();
    opened.engine().close();
    assertThat(opened.setAside()).isNull();
    assertThat(keys()).isEqualTo(ACKNOWLEDGED);
  }

  private static DamagedKeys nothing() {
    return new DamagedKeys(
        new SimpleMeterRegistry().counter("damaged"), new SuspectTables(), new LostKeys(1));
  }

  private boolean cut() throws IOException {
    return TornLog.cut(store, true);
  }

  private void change(Consumer<byte[]> change) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    change.accept(bytes);
    Files.write(log, bytes);
  }

  private int keys() throws RocksDBException {
    try (Engine engine = Engine.open(store, config, Engine.Mode.READ_WRITE);
        RocksIterator records = engine.iterate(Family.RECORDS)) {
      int keys = 0;
      for (records.seekToFirst(); records.isValid(); records.next()) {
        keys++;
      }
      return keys;
    }
  }

  private static Path newestLog(Path files) throws IOException {
    try (Stream<Path> entries = Files.list(files)) {
      return entries
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
