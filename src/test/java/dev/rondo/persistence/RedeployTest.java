package dev.rondo.persistence;

import static dev.rondo.bus.Storing.Result.Done.DURABLE;
import static dev.rondo.bus.Storing.Result.Refusal.STORAGE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** What a generation of the storage takes over from the one before it, which still drains. */
class RedeployTest {

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
    node.store(Sample.put("before", 1, "one"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void the_next_generation_goes_on_with_the_open_store() {
    node.redeploy();
    assertThat(node.record("before")).isEqualTo(Sample.whole("before", 1, "one"));
    assertThat(node.store(Sample.put("after", 1, "one"))).containsExactly(DURABLE);
    assertThat(node.figures().keys()).isEqualTo(2);
  }

  @Test
  void a_generation_that_drains_says_nothing_of_the_disk_any_more() {
    node.redeploy();
    node.findings.clear();
    node.freeBytes.set(0);
    Fitness.Finding full = new Fitness.Finding.Storage(true, true);
    await().until(() -> node.findings.contains(full));
    node.bus.publish(Addresses.FITNESS_CHANGED, new Fitness(true, true, true, true, true, true, 0));
    // What the news set off has come in when two questions behind it are answered.
    node.figures();
    node.figures();
    assertThat(node.findings).containsExactly(full);
  }

  @Test
  void a_storage_that_fails_while_it_is_handed_over_has_failed_for_the_next_generation_too() {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    node.writing =
        (engine, batch, sync) -> {
          taken.countDown();
          DiskFullTest.waitFor(goOn);
          throw new RocksDBException(DiskFullTest.FAILED_SYNC);
        };
    Future<Storing.Stored> last =
        node.ask(Addresses.STORE, new Storing.Store(List.of(Sample.put("a", 1, "one"))));
    DiskFullTest.waitFor(taken);
    Future<Void> redeploying = node.redeploying();
    assertThat(node.figures().health()).isEqualTo(Health.OPEN);
    goOn.countDown();
    TestNode.await(redeploying);
    assertThatThrownBy(() -> TestNode.await(last)).hasCauseInstanceOf(StorageFault.class);
    assertThat(node.figures().health()).isEqualTo(Health.FAILED);
    assertThat(node.store(Sample.put("a", 1, "one"))).containsExactly(STORAGE_FAILED);
  }
}
