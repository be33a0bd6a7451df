package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.config.StorageConfig;
import dev.rondo.vault.LostKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/** What becomes of a damaged store at the start: nothing intact is given up for what may pass. */
class StoreFolderTest {

  @TempDir Path root;
  private long freeBytes = 1L << 40;
  private StoreFolder.Check check = engine -> {};
  private StorageConfig config;

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @BeforeEach
  void condemn() throws Exception {
    config = TestConfig.in(root).storage();
    try (Engine engine = folder().open().engine();
        WriteBatch batch = new WriteBatch()) {
      batch.put(engine.family(Family.META), Layout.name("promise"), Layout.name("kept"));
      engine.write(batch, true);
      engine.flush();
    }
    folder().condemn("a compaction failed");
  }

  @Test
  void without_room_for_the_copy_the_worker_does_not_start_and_says_what_it_needs()
      throws Exception {
    freeBytes = 1;
    assertThatThrownBy(() -> folder().open())
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("bytes of free space, there are 1");
    assertThat(names()).containsExactly("store");
    freeBytes = 1L << 40;
    isSalvaged();
  }

  @Test
  void a_fault_that_may_pass_does_not_start_the_store_over() throws Exception {
    Path current = root.resolve("store").resolve("CURRENT");
    Path elsewhere = Files.move(current, root.resolve("elsewhere"));
    // A file that is there and cannot be opened.
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(current));
      assertThatThrownBy(() -> folder().open())
          .isInstanceOf(StorageFault.class)
          .hasMessageContaining("stays as it is");
    }
    assertThat(names()).containsExactly("elsewhere", "store");
    Files.move(elsewhere, current, StandardCopyOption.REPLACE_EXISTING);
    isSalvaged();
  }

  @Test
  void a_salvaged_copy_that_does_not_open_at_once_is_not_given_up() throws Exception {
    check =
        engine -> {
          throw new RocksDBException(new Status(Status.Code.Corruption, null, "seen wrongly"));
        };
    assertThatThrownBy(() -> folder().open()).isInstanceOf(StorageFault.class);
    assertThat(names()).hasSize(2).first().isEqualTo("store");
    check = engine -> {};
    try (Engine engine = folder().open().engine()) {
      assertThat(promise(engine)).isEqualTo("kept");
    }
  }

  @Test
  void a_copy_that_does_not_become_whole_is_deleted() throws Exception {
    files(".sst").forEach(table -> Flips.flip(table, 20));
    try (Engine engine = folder().open().engine()) {
      assertThat(engine.get(Family.META, Layout.name("promise"))).isNull();
    }
    assertThat(names()).hasSize(2).doesNotContain("store.salvaging");
  }

  @Test
  void without_room_for_an_empty_store_a_damaged_one_is_not_forgotten() throws Exception {
    for (Path log : files(".log")) {
      Files.delete(log);
    }
    freeBytes = 1;
    Files.delete(root.resolve("store").resolve("CONDEMNED"));
    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> folder().open())
          .isInstanceOf(StorageFault.class)
          .hasMessageContainingAll("the log is missing", "stays as it is", "1 bytes are free");
      assertThat(names()).containsExactly("store");
    }
    freeBytes = 1L << 40;
    StoreFolder.Opened opened = folder().open();
    opened.engine().close();
    assertThat(opened.setAside()).isNotNull();
  }

  @Test
  void a_crash_between_a_damaged_store_and_the_new_one_hides_neither() throws Exception {
    Path aside = Files.move(root.resolve("store"), root.resolve("store.corrupt-1"));
    folder().open().engine().close();
    Path fresh = Files.move(root.resolve("store"), root.resolve("store.creating"));
    Files.writeString(fresh.resolve("INSTEAD_OF"), aside.toString());
    StoreFolder.Opened opened = folder().open();
    opened.engine().close();
    assertThat(opened.setAside()).isEqualTo(aside);
    StoreFolder.Opened again = folder().open();
    again.engine().close();
    assertThat(again.setAside()).as("told once").isNull();
  }

  private void isSalvaged() throws Exception {
    StoreFolder.Opened opened = folder().open();
    try (Engine engine = opened.engine()) {
      assertThat(promise(engine)).isEqualTo("kept");
    }
    assertThat(opened.setAside()).isNotNull();
  }

  private static String promise(Engine engine) throws RocksDBException {
    return new String(engine.get(Family.META, Layout.name("promise")), StandardCharsets.UTF_8);
  }

  private StoreFolder folder() {
    DamagedKeys damaged =
        new DamagedKeys(
            new SimpleMeterRegistry().counter("damaged"), new SuspectTables(), new LostKeys(10));
    Rescue rescue = new Rescue(root, config, damaged, new NoteBook(), () -> freeBytes);
    return new StoreFolder(root, config, rescue, engine -> check.pass(engine));
  }

  private List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
