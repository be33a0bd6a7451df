package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptionTest {

  private static final String MARK = "a value to find";

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
  void a_flipped_bit_in_the_middle_of_the_log_sets_the_store_aside() throws IOException {
    Bytes identity = node.recall("store.id");
    Path killed = killedAfterWriting(20);
    flipBit(newest(killed, ".log"));
    restartFrom(killed);
    assertThat(node.figures().setAside()).contains("store.corrupt-");
    assertThat(Path.of(node.figures().setAside())).isDirectoryContaining("glob:**.log");
    assertThat(node.figures().keys()).isZero();
    assertThat(node.recall("store.id").length()).isEqualTo(16);
    assertThat(node.recall("store.id")).isNotEqualTo(identity);
    assertThat(node.recall("store.state")).isEqualTo(Bytes.utf8("new"));
  }

  @Test
  void a_log_that_is_gone_sets_the_store_aside() throws IOException {
    node.store(Sample.put("a", 1, "in a table"));
    node.restart();
    Path killed = killedAfterWriting(20);
    Files.delete(newest(killed, ".log"));
    restartFrom(killed);
    assertThat(node.figures().setAside()).isNotNull();
  }

  @Test
  void a_table_that_is_gone_sets_the_store_aside() throws IOException {
    node.store(Sample.put("a", 1, "in a table"));
    node.stop();
    Files.delete(newest(node.storeFolder(), ".sst"));
    node.start();
    assertThat(node.figures().setAside()).isNotNull();
  }

  @Test
  void files_without_their_index_are_not_taken_for_a_new_store() throws IOException {
    Path killed = killedAfterWriting(20);
    Files.delete(killed.resolve("CURRENT"));
    restartFrom(killed);
    assertThat(node.figures().setAside()).isNotNull();
  }

  @Test
  void a_killed_worker_finds_everything_it_acknowledged() throws IOException {
    restartFrom(killedAfterWriting(20));
    assertThat(node.figures().setAside()).isNull();
    assertThat(node.figures().keys()).isEqualTo(20);
  }

  @Test
  void a_log_that_was_cut_off_in_its_last_write_is_forgiven() throws IOException {
    Path killed = killedAfterWriting(20);
    Path log = newest(killed, ".log");
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    restartFrom(killed);
    assertThat(node.figures().setAside()).isNull();
    assertThat(node.figures().keys()).isEqualTo(19);
  }

  @Test
  void a_damaged_record_is_never_served_and_healed_by_the_same_version() throws IOException {
    node.store(Sample.put("a", 1, MARK), Sample.put("b", 1, "fine"));
    node.stop();
    flipMark(node.storeFolder());
    node.start();
    assertThat(node.record("a")).isInstanceOf(Holding.Answer.Unreadable.class);
    assertThat(node.meters.get("rondo.storage.damaged").counter().count()).isPositive();
    assertThat(node.store(Sample.put("a", 1, MARK))).containsExactly(DURABLE);
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, MARK));
  }

  @Test
  void a_damaged_record_can_be_forgotten() throws IOException {
    node.store(Sample.put("a", 1, MARK), Sample.put("b", 1, "fine"));
    node.stop();
    flipMark(node.storeFolder());
    node.start();
    assertThat(node.record("a")).isInstanceOf(Holding.Answer.Unreadable.class);
    Storing.Entry forget = new Storing.Entry.Forget(Key.of("a"), Sample.version(1));
    assertThat(node.store(forget)).containsExactly(DURABLE);
    assertThat(node.record("a")).isInstanceOf(Holding.Answer.Nothing.class);
    assertThat(node.figures().keys()).isEqualTo(1);
  }

  @Test
  void a_store_that_is_open_elsewhere_is_left_alone() {
    try (TestNode second = new TestNode(node.config)) {
      assertThatThrownBy(second::start).rootCause().hasMessageContaining("in use");
    }
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DURABLE);
  }

  @Test
  void a_store_that_another_program_has_open_is_left_alone() throws Exception {
    node.stop();
    try (Engine other =
        Engine.open(node.storeFolder(), node.config.storage(), Engine.Mode.READ_WRITE)) {
      assertThat(other.get(Family.META, Layout.name(Layout.STORE_ID))).isNotNull();
      assertThatThrownBy(node::start).rootCause().hasMessageContaining("lock");
    }
    node.start();
    assertThat(node.figures().setAside()).isNull();
  }

  @Test
  void a_store_whose_creation_was_cut_short_is_created_anew() throws IOException {
    node.stop();
    Path root = node.config.node().folder();
    Files.move(node.storeFolder(), root.resolve("store.creating"));
    node.start();
    assertThat(node.figures().setAside()).isNull();
    assertThat(root.resolve("store.creating")).doesNotExist();
  }

  @Test
  void a_salvaged_copy_beside_the_store_never_takes_its_place() throws IOException {
    Path stale = killedAfterWriting(1);
    node.store(Sample.put("later", 1, "one"));
    node.stop();
    Path copy = node.config.node().folder().resolve("store.salvaging");
    Files.move(stale, copy, StandardCopyOption.ATOMIC_MOVE);
    Files.writeString(copy.resolve("SALVAGED"), "before a crash");
    node.start();
    assertThat(copy).doesNotExist();
    assertThat(node.record("later")).isEqualTo(Sample.whole("later", 1, "one"));
  }

  /** The files as a kill at this moment would leave them. */
  private Path killedAfterWriting(int keys) throws IOException {
    for (int i = 0; i < keys; i++) {
      node.store(Sample.put("key-" + i, 1, "value " + i));
    }
    Path copy = Files.createDirectory(data.resolve("killed"));
    try (Stream<Path> files = Files.list(node.storeFolder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private void restartFrom(Path files) throws IOException {
    node.stop();
    Folders.delete(node.storeFolder());
    Files.move(files, node.storeFolder(), StandardCopyOption.ATOMIC_MOVE);
    node.start();
  }

  private static Path newest(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** Flips a bit a third of the way in. */
  private static void flipBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes);
  }

  private static void flipMark(Path folder) throws IOException {
    List<Path> flipped = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sst")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK);
        if (at >= 0) {
          bytes[at] ^= 1;
          Files.write(file, bytes);
          flipped.add(file);
        }
      }
    }
    assertThat(flipped).hasSize(1);
  }
}
