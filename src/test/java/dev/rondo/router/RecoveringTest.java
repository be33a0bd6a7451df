package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static dev.rondo.router.StubCluster.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that are back and have not caught up: written like all, read last. */
class RecoveringTest {

  private static final StoredRecord HELD = value(ALPHA, Version.of(1_000, 0, 1), "held");
  private static final Fitness RECOVERING = new Fitness(true, true, false, true, true, false, 0);

  private StubCluster cluster = StubCluster.seenBy(0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void a_read_asks_a_recovering_owner_last() {
    cluster.recovering(1).start();
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).holds(ALPHA, HELD);
    }
    assertThat(now(cluster.read(ALPHA, 2, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(1).lookUps).isEmpty();
    assertThat(cluster.worker(2).lookUps).hasSize(1);
  }

  @Test
  void a_recovering_owner_counts_where_the_others_are_too_few() {
    cluster.recovering(1).start();
    cluster.worker(0).holds(ALPHA, HELD);
    assertThat(now(cluster.read(ALPHA, 3, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(1).lookUps).hasSize(1);
  }

  @Test
  void recovering_owners_do_not_answer_for_one_that_is_slow() {
    cluster.recovering(1).fitness(RECOVERING).timeouts(StubCluster.HASTY).start();
    cluster.worker(2).fallsSilent().holds(ALPHA, HELD);
    Future<Reading.Outcome> read = cluster.read(ALPHA, 2, 30_000);
    await().until(() -> !cluster.worker(0).lookUps.isEmpty());
    cluster.worker(2).speaks();
    assertThat(now(read)).isEqualTo(new Reading.Outcome.Found(HELD, 0));
  }

  @Test
  void what_recovering_owners_hold_is_the_answer_where_nothing_better_comes_in_time() {
    cluster.recovering(1).fitness(RECOVERING).timeouts(StubCluster.HASTY).start();
    cluster.worker(1).holds(ALPHA, HELD);
    cluster.worker(2).fallsSilent();
    assertThat(now(cluster.read(ALPHA, 2, 100))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
  }

  @Test
  void a_recovering_coordinator_reads_from_the_others() {
    cluster.fitness(RECOVERING).start();
    cluster.worker(1).holds(ALPHA, HELD);
    assertThat(now(cluster.read(ALPHA, 1, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(0).lookUps).isEmpty();
  }

  @Test
  void a_recovering_owner_gets_its_copies() {
    cluster.recovering(1, 2).start();
    assertThat(now(cluster.write(put(ALPHA)))).isInstanceOf(Outcome.Acknowledged.class);
    assertThat(cluster.worker(1).stored).containsKey(ALPHA);
    assertThat(cluster.worker(2).stored).containsKey(ALPHA);
    assertThat(cluster.worker(3).hints).isEmpty();
  }

  @Test
  void a_proxy_passes_requests_to_an_owner_that_is_not_recovering() {
    cluster.close();
    cluster = StubCluster.seenBy(3).recovering(0).start();
    cluster.worker(1).readsTo(new Reading.Outcome.Found(HELD, 1));
    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 1));
    assertThat(cluster.worker(0).forwardedReads).isEmpty();
  }
}
