package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.HASTY;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Reading.Outcome;
import dev.rondo.core.version.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Worker 3 takes in reads of a key that workers 0, 1 and 2 own. */
class ReadProxyTest {

  private static final Outcome FOUND =
      new Outcome.Found(StubCluster.value(ALPHA, Version.of(10, 0, 1), "value"), 0);

  private final StubCluster cluster = StubCluster.seenBy(3);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void the_first_owner_coordinates_and_its_answer_is_passed_back_unchanged() {
    cluster.start().worker(0).readsTo(FOUND);

    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(FOUND);
    assertThat(cluster.worker(1).forwardedReads).isEmpty();
  }

  @Test
  void the_next_owner_is_asked_at_once_when_one_cannot_be_reached_or_refuses() {
    cluster.start().worker(0).failsWith(PeerFault.Kind.NOT_SENT);
    cluster.worker(1).readsTo(Outcome.Refused.NOT_COORDINATING);
    cluster.worker(2).readsTo(FOUND);

    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(FOUND);
  }

  @Test
  void on_silence_another_owner_is_asked() {
    cluster.timeouts(HASTY).start();
    cluster.worker(0).fallsSilent();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).readsTo(FOUND);

    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(FOUND);
  }

  @Test
  void when_no_owner_was_reached_the_quorum_is_not_available() {
    cluster.start();
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).failsWith(PeerFault.Kind.NOT_SENT);
    }

    assertThat(now(cluster.read(ALPHA, 1, 30_000))).isEqualTo(new Outcome.QuorumUnavailable(1, 0));
  }

  @Test
  void owners_that_stay_silent_are_not_waited_for_beyond_the_deadline() {
    cluster.start();
    for (int owner = 0; owner < 3; owner++) {
      cluster.worker(owner).fallsSilent();
    }

    assertThat(now(cluster.read(ALPHA, 0, 50))).isEqualTo(new Outcome.TimedOut(2, 0));
  }

  @Test
  void an_impossible_r_is_told_before_anybody_is_asked() {
    cluster.start();

    assertThat(now(cluster.read(ALPHA, 4, 30_000)))
        .isEqualTo(new Outcome.Impossible("r is 4, allowed are 1 to 3 (the replication factor)"));
  }

  @Test
  void an_owner_that_is_rebuilt_passes_reads_on_to_the_others() {
    try (StubCluster rebuilt = StubCluster.seenBy(0)) {
      rebuilt.fitness(new Fitness(true, false, true, true, true, false, 0)).start();
      rebuilt.worker(1).readsTo(FOUND);

      assertThat(now(rebuilt.read(ALPHA, 0, 30_000))).isEqualTo(FOUND);
      assertThat(rebuilt.worker(0).lookUps).isEmpty();
    }
  }
}
