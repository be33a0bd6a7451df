package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static dev.rondo.bus.Storing.Result.Refusal.DISK_FULL;
import static dev.rondo.bus.Storing.Result.Refusal.STORAGE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Holding;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class DiskFullTest {

  private static final Status NO_SPACE =
      new Status(
          Status.Code.IOError,
          Status.SubCode.NoSpace,
          "No space left on device: While appending to file: 000004.log");
  private static final Status NO_SPACE_IN_MANIFEST =
      new Status(
          Status.Code.IOError,
          Status.SubCode.NoSpace,
          "No space left on device: While appending to file: MANIFEST-000005");
  static final Status FAILED_SYNC =
      new Status(
          Status.Code.IOError,
          Status.SubCode.None,
          "Input/output error: While fdatasync: 000004.log");

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
    node.store(Sample.put("before", 1, "one"), Sample.hint(1, "before", 1, "one"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void below_the_reserve_only_what_is_small_is_written_and_reads_go_on() {
    node.freeBytes.set(TestConfig.RESERVE - 1);
    awaitHealth(Health.DISK_FULL);
    long hint = node.hints(1, 0, 1).get(0).sequence();
    assertThat(
            node.store(
                Sample.put("a", 1, "one"),
                Sample.hint(1, "a", 1, "one"),
                Sample.note("name", "value"),
                new Storing.Entry.Delivered(1, List.of(hint))))
        .containsExactly(DISK_FULL, DISK_FULL, DURABLE, DURABLE);
    assertThat(node.record("before")).isEqualTo(Sample.whole("before", 1, "one"));
    assertThat(node.findings).containsExactly(new Fitness.Finding.Storage(true, true));
  }

  @Test
  void a_disk_that_is_full_at_the_start_is_told_at_once() {
    node.stop();
    node.freeBytes.set(TestConfig.RESERVE - 1);
    node.start();
    await().until(() -> !node.findings.isEmpty());
    assertThat(node.findings).containsOnly(new Fitness.Finding.Storage(true, true));
    assertThat(node.record("before")).isEqualTo(Sample.whole("before", 1, "one"));
  }

  @Test
  void space_that_comes_back_is_noticed_without_a_restart() {
    node.freeBytes.set(TestConfig.RESERVE - 1);
    awaitHealth(Health.DISK_FULL);
    node.freeBytes.set(TestNode.PLENTY);
    awaitHealth(Health.OPEN);
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DURABLE);
  }

  @Test
  void space_has_to_be_well_above_the_reserve_again() {
    node.freeBytes.set(TestConfig.RESERVE - 1);
    awaitHealth(Health.DISK_FULL);
    node.freeBytes.set(TestConfig.RESERVE);
    await().until(() -> node.figures().freeBytes() == TestConfig.RESERVE);
    assertThat(node.figures().health()).isEqualTo(Health.DISK_FULL);
  }

  @Test
  void a_write_that_finds_no_space_is_refused_and_the_engine_opened_again() {
    runOutOfSpace();
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DISK_FULL);
    assertThat(node.store(Sample.note("name", "value"))).containsExactly(DISK_FULL);
    assertThat(node.record("before")).isEqualTo(Sample.whole("before", 1, "one"));
    node.writing = Engine::write;
    node.freeBytes.set(TestNode.PLENTY);
    awaitHealth(Health.OPEN);
    assertThat(node.record("before")).isEqualTo(Sample.whole("before", 1, "one"));
    assertThat(node.hints(1, 0, 10)).hasSize(1);
    assertThat(node.store(Sample.put("a", 2, "two"))).containsExactly(DURABLE);
    assertThat(node.figures().keys()).isEqualTo(2);
  }

  @Test
  void a_write_that_finds_no_space_behind_the_log_is_not_refused_for_it_comes_back() {
    node.writing =
        (engine, batch, sync) -> {
          engine.write(batch, sync);
          node.freeBytes.set(0);
          throw new RocksDBException(NO_SPACE_IN_MANIFEST);
        };
    isUnknown(Sample.put("a", 1, "one"));
    node.writing = Engine::write;
    assertThat(node.store(Sample.put("b", 1, "two"))).containsExactly(DISK_FULL);
    node.freeBytes.set(TestNode.PLENTY);
    awaitHealth(Health.OPEN);
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
    assertThat(node.figures().keys()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "While appending to file: /mnt/store/000004.log: No space left on device, true",
    "While open a file for appending: /mnt/store/000012.log, true",
    "No space left on device: While appending to file: /mnt/store/000004.log, true",
    "While appending to file: /mnt/store/MANIFEST-000005: No space left on device, false",
    "While appending to file: /mnt/1.log/store/MANIFEST-000005: No space left on device, false",
    "No space left on device, false"
  })
  void only_a_log_that_lacked_space_lacks_the_write(String words, boolean expected) {
    Status status = new Status(Status.Code.IOError, Status.SubCode.NoSpace, words);
    assertThat(StorageFailure.of(new RocksDBException(status)).leavesNothing()).isEqualTo(expected);
  }

  @Test
  void after_a_failed_fsync_the_worker_serves_no_more() {
    node.failWrites(FAILED_SYNC);
    isUnknown(Sample.put("a", 1, "one"));
    node.writing = Engine::write;
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(STORAGE_FAILED);
    assertThat(node.record("before")).isInstanceOf(Holding.Answer.Unreadable.class);
    assertThatThrownBy(() -> node.recall("store.id")).hasRootCauseInstanceOf(StorageFault.class);
    assertThat(node.figures().health()).isEqualTo(Health.FAILED);
    assertThat(node.findings).containsExactly(new Fitness.Finding.Storage(false, false));
  }

  @Test
  void a_writer_that_breaks_between_writes_refuses_what_comes() {
    node.space =
        () -> {
          throw new UncheckedIOException(new IOException("Input/output error"));
        };
    awaitHealth(Health.FAILED);
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(STORAGE_FAILED);
    assertThat(node.findings).containsExactly(new Fitness.Finding.Storage(false, false));
  }

  @Test
  void a_writer_that_breaks_while_it_writes_says_that_nothing_is_known() {
    node.writing =
        (engine, batch, sync) -> {
          throw new LinkageError("a part is missing");
        };
    isUnknown(Sample.put("a", 1, "one"));
    node.writing = Engine::write;
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(STORAGE_FAILED);
    assertThat(node.figures().health()).isEqualTo(Health.FAILED);
  }

  @Test
  void a_failed_fsync_for_want_of_space_is_a_failed_fsync() {
    node.failWrites(
        new Status(
            Status.Code.IOError,
            Status.SubCode.NoSpace,
            "No space left on device: While fdatasync: 000004.log"));
    isUnknown(Sample.put("a", 1, "one"));
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(STORAGE_FAILED);
  }

  @Test
  void a_write_whose_fsync_failed_is_not_refused_for_it_may_come_back() {
    node.writing =
        (engine, batch, sync) -> {
          engine.write(batch, false);
          throw new RocksDBException(FAILED_SYNC);
        };
    isUnknown(Sample.put("a", 1, "one"));
    node.writing = Engine::write;
    node.restart();
    assertThat(node.record("a")).isEqualTo(Sample.whole("a", 1, "one"));
  }

  @Test
  void what_the_gate_declined_is_refused_also_beside_a_write_that_failed() {
    node.freeBytes.set(TestConfig.RESERVE - 1);
    awaitHealth(Health.DISK_FULL);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    node.writing =
        (engine, batch, sync) -> {
          taken.countDown();
          waitFor(goOn);
          node.failWrites(FAILED_SYNC);
        };
    Future<Storing.Stored> before = store(Sample.note("name", "value"));
    waitFor(taken);
    Future<Storing.Stored> note = store(Sample.note("name", "another"));
    Future<Storing.Stored> put = store(Sample.put("a", 1, "one"));
    await().until(() -> waiting() == 2);
    goOn.countDown();
    assertThat(TestNode.await(before).results()).containsExactly(DURABLE);
    assertThatThrownBy(() -> TestNode.await(note)).hasCauseInstanceOf(StorageFault.class);
    assertThat(TestNode.await(put).results()).containsExactly(DISK_FULL);
  }

  @Test
  void a_failure_is_reported_again_to_whoever_missed_it() {
    node.failWrites(FAILED_SYNC);
    isUnknown(Sample.put("a", 1, "one"));
    await().until(() -> node.findings.size() == 1);
    node.bus.publish(
        Addresses.FITNESS_CHANGED, new Fitness(true, true, true, true, true, false, 0));
    await().until(() -> node.findings.size() == 2);
  }

  @Test
  void a_store_that_contradicts_itself_is_set_aside_at_the_next_start() {
    node.failWrites(
        new Status(Status.Code.Corruption, Status.SubCode.None, "block checksum mismatch"));
    isUnknown(Sample.put("a", 1, "one"));
    node.writing = Engine::write;
    node.restart();
    assertThat(node.figures().setAside()).isNotNull();
    assertThat(Path.of(node.figures().setAside())).satisfies(Files::isDirectory);
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DURABLE);
  }

  @Test
  void a_store_that_is_found_damaged_when_it_is_opened_again_is_left_to_the_next_start()
      throws IOException {
    runOutOfSpace();
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(DISK_FULL);
    node.writing = Engine::write;
    try (Stream<Path> files = Files.list(node.storeFolder())) {
      files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(file -> file.toFile().length() > 0)
          .forEach(log -> Flips.flip(log, 0.3));
    }
    node.freeBytes.set(TestNode.PLENTY);
    awaitHealth(Health.FAILED);
    assertThat(node.storeFolder().resolve("CONDEMNED")).exists();
    assertThat(node.figures().setAside()).isNull();
    node.restart();
    assertThat(node.figures().setAside()).contains("store.corrupt-");
  }

  /** No sooner than in the write: the gate would refuse that one already. */
  private void runOutOfSpace() {
    node.writing =
        (engine, batch, sync) -> {
          node.freeBytes.set(0);
          throw new RocksDBException(NO_SPACE);
        };
  }

  private double waiting() {
    return node.meters.get("rondo.storage.queue").tag("queue", "writes").gauge().value();
  }

  private void isUnknown(Storing.Entry entry) {
    assertThatThrownBy(() -> node.store(entry)).hasCauseInstanceOf(StorageFault.class);
  }

  private Future<Storing.Stored> store(Storing.Entry entry) {
    return node.ask(Addresses.STORE, new Storing.Store(List.of(entry)));
  }

  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private void awaitHealth(Health health) {
    await().until(() -> node.figures().health() == health);
  }
}
