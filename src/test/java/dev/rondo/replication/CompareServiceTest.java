package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.core.digest.Looks;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.proto.PeerGrpcClient;
import dev.rondo.proto.PullBatch;
import dev.rondo.proto.PullRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what a worker holds, and who is not. */
class CompareServiceTest {

  private final Member[] members = Fixture.members(2);
  private final Topology topology = topology(1);
  private final Vertx vertx = Vertx.vertx();
  private final RemoteHoldings remote = remote("test");

  @TempDir Path data;
  private RealWorker zero;
  private RealWorker one;

  @BeforeEach
  void start() {
    zero = new RealWorker(0, topology, data).start();
    one = new RealWorker(1, topology, data).start();
    await().atMost(Duration.ofSeconds(20)).until(() -> zero.isCaughtUp() && one.isCaughtUp());
  }

  @AfterEach
  void stop() {
    zero.close();
    one.close();
    TestNode.await(vertx.close());
  }

  private Topology topology(long epoch) {
    return new Topology(new ClusterState(epoch, 10, new Quorums(2, 1, 1), List.of(members)));
  }

  private RemoteHoldings remote(String cluster) {
    return new RemoteHoldings(new BulkClient(vertx), cluster);
  }

  private Comparison comparison(Topology by, int self) {
    return new Comparison(by, self, members[0]);
  }

  private String refusal(RemoteHoldings asked, Comparison comparison, int from, int count) {
    return TestNode.failure(asked.digests(comparison, from, count)).getMessage();
  }

  @Test
  void digests_and_versions_say_what_is_held() {
    zero.store(IntStream.range(0, 5_000).mapToObj(i -> RealWorker.put("key" + i, 1)).toList());
    Comparison comparison = comparison(topology, 1);
    var digests = TestNode.await(remote.digests(comparison, 0, 4096));
    assertThat(digests.keys()).isEqualTo(5_000);
    List<Integer> all = IntStream.range(0, 4096).boxed().toList();
    var versions = TestNode.await(remote.versions(comparison, all));
    assertThat(versions).hasSize(5_000);
    assertThat(versions.values())
        .containsOnly(new Looks.Held(RealWorker.put("any", 1).record().version(), false));
  }

  @Test
  void what_a_worker_owns_by_a_later_state_is_not_sent_by_one_that_does_not_know_it() {
    assertThat(TestNode.failure(pull(7)).getMessage())
        .contains("UNAVAILABLE", "goes by epoch 1, not 7 yet");
    assertThat(TestNode.await(pull(1)).get(0).getComplete()).isTrue();
  }

  private Future<List<PullBatch>> pull(long epoch) {
    PullRequest request =
        PullRequest.newBuilder()
            .setCluster("test")
            .setProtocol(Transport.PROTOCOL)
            .setWorker(1)
            .setEpoch(epoch)
            .build();
    return new BulkClient(vertx).ask(members[0], PeerGrpcClient.Pull, request, 5_000);
  }

  @Test
  void another_epoch_is_refused_with_both_numbers() {
    assertThat(refusal(remote, comparison(topology(7), 1), 0, 1))
        .contains("FAILED_PRECONDITION", "goes by epoch 1, not 7");
  }

  @Test
  void strangers_are_refused() {
    assertThat(refusal(remote, comparison(topology, 5), 0, 1))
        .contains("FAILED_PRECONDITION", "worker 5 is no other member");
    assertThat(refusal(remote("other"), comparison(topology, 1), 0, 1))
        .contains("FAILED_PRECONDITION", "this is cluster 'test'");
  }

  @Test
  void ranges_that_do_not_exist_are_refused() {
    assertThat(refusal(remote, comparison(topology, 1), 4096, 1))
        .contains("INVALID_ARGUMENT", "there are only 4096");
    assertThat(
            TestNode.failure(remote.versions(comparison(topology, 1), List.of(9_000))).getMessage())
        .contains("INVALID_ARGUMENT");
    List<Integer> repeated = Collections.nCopies(5_000, 0);
    assertThat(TestNode.failure(remote.versions(comparison(topology, 1), repeated)).getMessage())
        .contains("INVALID_ARGUMENT", "5000 ranges, there are only 4096");
  }

  @Test
  void writes_from_before_a_change_are_given_time_to_arrive() {
    Topology changing = new Topology(topology.state().changingTo(new Quorums(1, 1, 1)));
    zero.change(changing);
    await()
        .untilAsserted(
            () ->
                assertThat(refusal(remote, comparison(changing, 1), 0, 1))
                    .contains("UNAVAILABLE", "before epoch 2"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                TestNode.await(
                    remote.digests(comparison(changing, 1), 0, 1).map(true).otherwise(false)));
  }
}
