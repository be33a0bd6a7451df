package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Reading.Outcome;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 0 has the values, and worker 1 does not say whether they are the newest ones. */
class LargeReadsTest {

  private static final int MEBIBYTE = 1 << 20;

  /** More than a sixteenth of the heap, and than may be expected beyond that. */
  private static final int MANY = (int) (Runtime.getRuntime().maxMemory() / MEBIBYTE / 16) + 100;

  private final StubCluster cluster = StubCluster.seenBy(0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void reads_begin_only_while_what_is_held_is_bearable() {
    List<Future<Outcome>> reads = readMany(MEBIBYTE);
    await().pollDelay(Duration.ofMillis(300)).until(() -> begun() > 0);
    assertThat(begun()).isLessThan(MANY);

    cluster.worker(1).speaks();

    assertThat(reads).allSatisfy(read -> assertThat(now(read)).isInstanceOf(Outcome.Found.class));
    assertThat(begun()).isEqualTo(MANY);
  }

  @Test
  void of_small_values_all_are_bearable() {
    readMany(100);
    await().until(() -> begun() == MANY);
  }

  private List<Future<Outcome>> readMany(int bytes) {
    cluster.start();
    StoredRecord record =
        StoredRecord.live(ALPHA, Version.of(10, 0, 1), "text/plain", Bytes.wrap(new byte[bytes]));
    for (int worker = 0; worker < 3; worker++) {
      cluster.worker(worker).holds(ALPHA, record);
    }
    cluster.worker(1).fallsSilent();
    return IntStream.range(0, MANY).mapToObj(i -> cluster.read(ALPHA, 0, 30_000)).toList();
  }

  private int begun() {
    return cluster.worker(0).lookUps.size();
  }
}
