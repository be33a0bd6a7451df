package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.FIT;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static dev.rondo.router.StubCluster.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes in before a worker knows who it is and what time it is. */
class SettlingTest {

  private static final StoredRecord HELD = value(ALPHA, Version.of(1_000, 0, 1), "held");

  private final StubCluster cluster = StubCluster.seenBy(0).fitness(Fitness.STARTING);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void a_write_and_a_read_wait_until_the_worker_is_fit() {
    cluster.start();
    cluster.worker(0).holds(ALPHA, HELD);
    cluster.worker(1).holds(ALPHA, HELD);
    Future<Reading.Outcome> read = cluster.read(ALPHA, 2, 30_000);
    Future<Outcome> write = cluster.write(put(ALPHA));
    Future<Reading.Outcome> forwardedRead = cluster.coordinateRead(ALPHA, 2);
    Future<Outcome> forwardedWrite =
        cluster.coordinate(put(ALPHA), Version.of(System.currentTimeMillis(), 0, 1));
    // It is asked and answers, so whatever came before has been looked at.
    assertThat(cluster.stamp().recover(failure -> Future.succeededFuture(Version.NONE)))
        .satisfies(StubCluster::now);
    assertThat(read.isComplete() || write.isComplete()).isFalse();
    assertThat(forwardedRead.isComplete() || forwardedWrite.isComplete()).isFalse();

    cluster.becomes(FIT);

    assertThat(now(read)).isInstanceOf(Reading.Outcome.Found.class);
    assertThat(now(write)).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(now(forwardedRead)).isInstanceOf(Reading.Outcome.Found.class);
    assertThat(now(forwardedWrite)).isInstanceOf(Outcome.class);
  }

  @Test
  void nobody_waits_longer_than_his_own_time() {
    cluster.start();
    Writing.Write hasty = StubCluster.write(ALPHA, 0, true, 50, Writing.Condition.Always.ALWAYS);
    long started = System.nanoTime();
    assertThat(now(cluster.write(hasty))).isNotInstanceOf(Outcome.Acknowledged.class);
    assertThat(now(cluster.read(ALPHA, 2, 50))).isInstanceOf(Reading.Outcome.class);
    assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(Settling.PATIENCE_MILLIS);
  }

  @Test
  void a_worker_that_does_not_settle_says_so_in_the_end() {
    cluster.start();
    assertThat(now(cluster.write(put(ALPHA)))).isNotInstanceOf(Outcome.Acknowledged.class);
  }

  @Test
  void whoever_has_settled_once_does_not_wait_again() {
    cluster.start();
    cluster.becomes(FIT);
    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
    cluster.becomes(new Fitness(true, true, true, false, true, false, 0));
    long started = System.nanoTime();
    assertThat(now(cluster.write(put(ALPHA)))).isNotInstanceOf(Outcome.Acknowledged.class);
    assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(Settling.PATIENCE_MILLIS);
  }
}
