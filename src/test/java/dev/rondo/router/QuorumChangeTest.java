package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static dev.rondo.router.StubCluster.put;
import static dev.rondo.router.StubCluster.value;
import static dev.rondo.router.StubCluster.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.bus.Writing.Outcome;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The router while N, W and R change; workers 0, 1, 2, 3 are met in this order. */
class QuorumChangeTest {

  private static final StoredRecord HELD = value(ALPHA, Version.of(1_000, 0, 1), "held");

  private final Topology three = StubCluster.topology(1, 4, new Quorums(3, 2, 2));
  private final Topology lowering = changing(three, new Quorums(2, 1, 2));
  private final Topology lowered = new Topology(lowering.state().settled());
  private final Topology raising = changing(lowered, new Quorums(3, 2, 2));
  private StubCluster cluster = StubCluster.seenBy(0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static Topology changing(Topology before, Quorums next) {
    return new Topology(before.state().changingTo(next));
  }

  private static Outcome.Acknowledged acknowledged(Future<Outcome> answer) {
    return (Outcome.Acknowledged) now(answer);
  }

  @Test
  void a_write_satisfies_both_quorums_and_tells_the_new_one() {
    cluster.topology(lowering).start();
    cluster.worker(1).fallsSilent();
    cluster.worker(2).fallsSilent();
    Future<Outcome> answer = cluster.write(put(ALPHA));
    await().until(() -> cluster.worker(1).owes() == 1 && cluster.worker(2).owes() == 1);
    assertThat(answer.isComplete()).isFalse();

    cluster.worker(2).speaks();

    assertThat(acknowledged(answer).replicas()).isEqualTo(2);
    assertThat(acknowledged(answer).n()).isEqualTo(2);
    assertThat(acknowledged(answer).w()).isEqualTo(1);
  }

  @Test
  void a_client_that_asks_for_one_is_answered_by_one_worker_that_owns_the_key_under_both() {
    cluster.topology(raising).start();
    cluster.worker(0).holds(ALPHA, HELD);
    assertThat(now(cluster.read(ALPHA, 1, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(1).lookUps).isEmpty();
    assertThat(cluster.worker(2).lookUps).isEmpty();
  }

  @Test
  void a_client_may_not_ask_for_more_than_there_are_owners_under_the_new_n() {
    cluster.topology(lowering).start();
    Writing.Write three = write(ALPHA, 3, true, 30_000, Writing.Condition.Always.ALWAYS);
    assertThat(now(cluster.write(three)))
        .isEqualTo(new Outcome.Impossible("w is 3, allowed are 1 to 2 (the replication factor)"));
  }

  @Test
  void a_read_that_finds_a_new_owner_empty_repairs_it() {
    cluster.topology(changing(lowered, new Quorums(3, 1, 3))).start();
    cluster.worker(0).holds(ALPHA, HELD);
    cluster.worker(1).holds(ALPHA, HELD);
    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    await().until(() -> cluster.worker(2).stored.containsKey(ALPHA));
  }

  @Test
  void too_few_workers_for_the_former_quorum_refuse_a_write() {
    cluster.topology(lowering).suspects(1, 2, 3).start();
    assertThat(now(cluster.write(put(ALPHA)))).isEqualTo(new Outcome.QuorumUnavailable(2, 1));
  }

  @Test
  void a_write_that_the_change_asks_more_of_is_sent_once_more_under_its_version() {
    Topology two = StubCluster.topology(1, 4, new Quorums(2, 2, 1));
    cluster.topology(two).start();
    cluster.worker(1).fallsSilent();
    Future<Outcome> answer = cluster.write(put(ALPHA));
    await().until(() -> cluster.worker(1).owes() == 1);

    cluster.becomes(changing(two, new Quorums(3, 3, 1)));
    await().until(() -> objection().contains("1 to 3"));
    cluster.worker(1).speaks();

    Outcome.Acknowledged success = acknowledged(answer);
    assertThat(success.n()).isEqualTo(3);
    assertThat(success.w()).isEqualTo(3);
    assertThat(success.replicas()).isEqualTo(3);
    for (int owner = 0; owner < 3; owner++) {
      assertThat(cluster.worker(owner).stored.get(ALPHA).version()).isEqualTo(success.version());
    }
  }

  /** What the router says to a write that nobody can satisfy. */
  private String objection() {
    Writing.Write four = write(ALPHA, 4, true, 30_000, Writing.Condition.Always.ALWAYS);
    return ((Outcome.Impossible) now(cluster.write(four))).detail();
  }

  @Test
  void a_worker_that_is_an_owner_no_more_sends_the_request_on() {
    cluster.close();
    cluster = StubCluster.seenBy(2).topology(lowering).start();

    assertThat(now(cluster.coordinateRead(ALPHA, 0)))
        .isEqualTo(Reading.Outcome.Refused.NOT_COORDINATING);
    assertThat(now(cluster.coordinate(put(ALPHA), Version.of(System.currentTimeMillis(), 0, 3))))
        .isEqualTo(Outcome.Refused.NOT_COORDINATING);
  }

  @Test
  void a_proxy_that_has_not_heard_of_the_change_goes_on_to_the_next_owner() {
    cluster.close();
    cluster = StubCluster.seenBy(3).suspects(0, 1).topology(three).start();
    cluster.worker(2).readsTo(Reading.Outcome.Refused.NOT_COORDINATING);
    cluster.worker(0).readsTo(new Reading.Outcome.Found(HELD, 0));

    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(2).forwardedReads).hasSize(1);
  }

  @Test
  void a_proxy_asks_those_who_own_the_key_under_both() {
    cluster.close();
    cluster = StubCluster.seenBy(3).suspects(0, 1).topology(raising).start();
    cluster.worker(0).readsTo(new Reading.Outcome.Found(HELD, 0));

    assertThat(now(cluster.read(ALPHA, 0, 30_000))).isEqualTo(new Reading.Outcome.Found(HELD, 0));
    assertThat(cluster.worker(2).forwardedReads).isEmpty();
  }

  @Test
  void a_key_lives_on_the_owners_under_either_n() {
    cluster.topology(lowering).start();
    assertThat(now(cluster.locate(ALPHA)).owners()).hasSize(3);
    cluster.becomes(lowered);
    await().until(() -> now(cluster.locate(ALPHA)).owners().size() == 2);
  }
}
