package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Configuring;
import dev.rondo.bus.Configuring.Outcome;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.RingConfig;
import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Bytes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the configuration, decided by workers over real gRPC. */
class AgreementTest {
  private static final Quorums TWO = new Quorums(2, 2, 2);

  @TempDir Path data;
  private final RingConfig ring = TestConfigs.ring(3);
  private final int port = TestConfigs.freePort();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<TestWorker> workers = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void a_change_is_in_force_beside_the_former_quorums_until_every_worker_is_ready() {
    TestController controller = clusterOf(3);
    Outcome outcome = controller.configure(2, null, null);
    ClusterState changing = ring.firstState().changingTo(TWO);
    assertThat(outcome).isEqualTo(new Outcome.Changed(changing));
    assertThat(saved(data)).isEqualTo(changing);
    workers.forEach(worker -> await().until(() -> worker.state().equals(changing)));
    assertThat(workers).allSatisfy(worker -> assertThat(worker.kept()).isEqualTo(changing));
    workers.get(0).filled(2);
    workers.get(1).filled(2);
    await().until(() -> controller.entry(1).report().filledEpoch() == 2);
    assertThat(controller.state()).isEqualTo(changing);
    workers.get(2).filled(2);
    await().until(() -> controller.state().equals(changing.settled()));
    workers.forEach(worker -> await().until(() -> worker.state().equals(changing.settled())));
    assertThat(controller.kinds())
        .containsSubsequence("config_change_started", "config_changed", "config_change_finished");
  }

  @Test
  void a_majority_suffices_and_who_was_away_learns_of_it() {
    TestController controller = clusterOf(2);
    assertThat(controller.configure(2, null, null)).isInstanceOf(Outcome.Changed.class);
    TestWorker late = worker(2, port);
    await().until(() -> late.state().epoch() == 2);
    assertThat(late.kept().quorums()).isEqualTo(TWO);
  }

  @Test
  void a_member_that_was_found_dead_is_no_newcomer_after_a_change() {
    clusterOf(2).close();
    TestController next = controller(port, data);
    awaitAllOnline(next, 2);
    await().until(() -> next.status(2) == WorkerStatus.OFFLINE);
    assertThat(next.configure(2, null, null)).isInstanceOf(Outcome.Changed.class);
    assertThat(next.status(2)).isEqualTo(WorkerStatus.OFFLINE);
  }

  @Test
  void without_a_majority_nothing_changes() {
    TestController controller = clusterOf(1);
    assertThat(controller.configure(2, null, null)).isEqualTo(new Outcome.NoMajority(1, 2));
    assertThat(controller.state()).isEqualTo(ring.firstState());
    assertThat(workers.get(0).state()).isEqualTo(ring.firstState());
    assertThat(controller.kinds()).contains("config_change_failed");
  }

  @Test
  void a_worker_that_comes_while_the_others_are_asked_completes_the_majority() {
    TestController controller = clusterOf(1);
    var outcome = CompletableFuture.supplyAsync(() -> controller.configure(2, null, null));
    await().until(() -> controller.kinds().contains("config_change_started"));
    worker(1, port);
    assertThat(outcome.join()).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void while_a_change_is_being_decided_nothing_else_is_promised() {
    TestController controller = clusterOf(1);
    var outcome = CompletableFuture.supplyAsync(() -> controller.configure(2, null, null));
    await().until(() -> controller.kinds().contains("config_change_started"));
    assertThat(controller.configure(1, null, null)).isEqualTo(new Outcome.Busy(2));
    assertThat(controller.configure(3, 2, 2)).isEqualTo(new Outcome.Busy(2));
    worker(1, port);
    assertThat(outcome.join()).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void what_cannot_be_is_refused_before_anybody_is_asked() {
    TestController controller = clusterOf(1);
    assertThat(controller.configure(4, null, null))
        .isEqualTo(
            new Outcome.Impossible("replicationFactor is 4, allowed are 1 to 3 (3 members)"));
    assertThat(controller.configure(null, 4, null)).isInstanceOf(Outcome.Impossible.class);
  }

  @Test
  void what_is_so_already_is_no_change() {
    TestController controller = clusterOf(1);
    assertThat(controller.configure(3, 2, 2)).isEqualTo(new Outcome.Changed(ring.firstState()));
  }

  @Test
  void a_change_based_on_an_older_epoch_is_stale() {
    TestController controller = clusterOf(3);
    controller.configure(2, null, null);
    assertThat(controller.configure(new Configuring.Change(1, null, null, 1L)))
        .isEqualTo(new Outcome.Stale(2));
  }

  @Test
  void one_change_at_a_time() {
    TestController controller = clusterOf(3);
    controller.configure(2, null, null);
    assertThat(controller.configure(1, null, null)).isEqualTo(new Outcome.Busy(2));
    assertThat(controller.configure(2, null, null)).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void a_controller_that_starts_again_finishes_the_change() {
    TestController first = clusterOf(3);
    first.configure(2, null, null);
    workers.forEach(worker -> await().until(() -> worker.state().epoch() == 2));
    first.close();
    workers.forEach(worker -> worker.filled(2));
    TestController second = controller(port, data);
    assertThat(second.state().epoch()).isEqualTo(2);
    await().until(() -> second.state().epoch() == 3 && second.state().isSettled());
  }

  @Test
  void a_controller_that_lost_its_data_believes_the_workers(@TempDir Path empty) {
    TestController first = clusterOf(3);
    first.configure(2, null, null);
    workers.forEach(worker -> await().until(() -> worker.state().epoch() == 2));
    ClusterState before = first.state();
    first.close();
    TestController second = controller(port, empty);
    await().until(() -> second.state().equals(before));
    await().untilAsserted(() -> assertThat(saved(empty)).isEqualTo(before));
  }

  @Test
  void what_a_dead_controller_began_is_completed_by_the_next() {
    ClusterState begun = ring.firstState().changingTo(new Quorums(1, 1, 1));
    JsonObject ballot = new JsonObject().put("round", 1).put("controller", "dead");
    JsonObject vote =
        new JsonObject()
            .put("epoch", 2)
            .put("promised", ballot)
            .put("acceptedUnder", ballot)
            .put("accepted", new JsonObject(StateDocument.encode(begun).toUtf8()));
    TestController controller = controller(port, data);
    for (int id = 0; id < 3; id++) {
      Map<String, Bytes> notes = new ConcurrentHashMap<>();
      notes.put("cluster.vote", Bytes.utf8(vote.encode()));
      workers.add(closing(new TestWorker(id, ring, port, notes)));
    }
    awaitAllOnline(controller, 3);
    assertThat(controller.configure(2, null, null)).isEqualTo(new Outcome.Stale(2));
    assertThat(controller.state()).isEqualTo(begun);
  }

  @Test
  void of_two_controllers_only_the_one_with_a_majority_decides(@TempDir Path others) {
    int otherPort = TestConfigs.freePort();
    TestController one = clusterOf(2);
    TestController other = controller(otherPort, others);
    TestWorker two = worker(2, otherPort);
    await().until(() -> other.status(2) == WorkerStatus.ONLINE);
    assertThat(other.configure(1, null, null)).isEqualTo(new Outcome.NoMajority(1, 2));
    assertThat(one.configure(2, null, null)).isInstanceOf(Outcome.Changed.class);
    two.publish(Addresses.STATE_SEEN, one.state());
    await().until(() -> other.state().equals(one.state()));
  }

  /** A controller and that many of its three members, all ONLINE. */
  private TestController clusterOf(int running) {
    TestController controller = controller(port, data);
    for (int id = 0; id < running; id++) {
      worker(id, port);
    }
    awaitAllOnline(controller, running);
    return controller;
  }

  private static void awaitAllOnline(TestController controller, int running) {
    for (int id = 0; id < running; id++) {
      int worker = id;
      await().until(() -> controller.status(worker) == WorkerStatus.ONLINE);
    }
  }

  private TestController controller(int at, Path folder) {
    return closing(new TestController(ring, at, folder));
  }

  private TestWorker worker(int id, int controllerPort) {
    TestWorker worker = closing(new TestWorker(id, ring, controllerPort));
    workers.add(worker);
    return worker;
  }

  private static ClusterState saved(Path folder) {
    try {
      return StateDocument.decode(
          Bytes.wrap(Files.readAllBytes(folder.resolve("controller/cluster.json"))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(0, one);
    return one;
  }
}
