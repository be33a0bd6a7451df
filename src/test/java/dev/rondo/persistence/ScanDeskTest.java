package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.vault.Vault;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;

/** Pages that wait behind each other for the one thread that reads them. */
class ScanDeskTest {

  @TempDir Path folder;
  private Engine engine;
  private ScanDesk desk;
  private Thread thread;

  @BeforeAll
  static void load() {
    RocksDB.loadLibrary();
  }

  @BeforeEach
  void open() throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));
    engine = Engine.open(store, TestConfig.in(folder).storage(), Engine.Mode.CREATE);
    Vault vault = new Vault();
    vault.keep(engine.database());
    EngineSlot slot = new EngineSlot(vault, engine);
    desk = new ScanDesk(slot, new Gate(0, () -> {}), new SuspectTables(), Runnable::run);
    thread = new Thread(desk);
    thread.start();
  }

  @AfterEach
  void close() throws Exception {
    desk.close();
    thread.join();
    engine.close();
  }

  @Test
  void a_page_that_nobody_waits_for_any_more_is_not_read() {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean wanted = new AtomicBoolean(true);
    AtomicBoolean read = new AtomicBoolean();
    Future<String> slow = desk.ask(visited -> passed(goOn), () -> true);
    Future<Boolean> late = desk.ask(visited -> read.getAndSet(true), wanted::get);
    Future<String> behind = desk.ask(visited -> "read", () -> true);
    wanted.set(false);
    goOn.countDown();
    assertThat(TestNode.await(slow)).isEqualTo("passed");
    assertThatThrownBy(() -> TestNode.await(late)).hasCauseInstanceOf(StorageFault.class);
    assertThat(read).isFalse();
    assertThat(TestNode.await(behind)).isEqualTo("read");
  }

  private static String passed(CountDownLatch latch) {
    DiskFullTest.waitFor(latch);
    return "passed";
  }
}
