package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Rolling.State;
import dev.rondo.bus.Rolling.Status;
import dev.rondo.bus.WorkerReport;
import dev.rondo.config.RedeployConfig;
import dev.rondo.config.RingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verticle is replaced on one worker after the other, over real gRPC. */
class RolloutTest {

  @TempDir Path data;
  private final RingConfig ring = TestConfigs.ring(3);
  private final int port = TestConfigs.freePort();
  private TestController controller;
  private List<TestWorker> workers;

  @BeforeEach
  void start() {
    controller = new TestController(ring, port, data);
    workers = IntStream.range(0, 3).mapToObj(id -> new TestWorker(id, ring, port)).toList();
    await().until(() -> workers.stream().allMatch(worker -> reports(worker.id)));
  }

  @AfterEach
  void close() {
    workers.forEach(TestWorker::close);
    controller.close();
  }

  private boolean reports(int worker) {
    WorkerReport report = controller.entry(worker).report();
    return report != null && !report.verticles().isEmpty();
  }

  @Test
  void all_workers_have_their_turn() {
    assertThat(controller.rollOut(Action.REDEPLOY, "router", null))
        .isInstanceOf(Rolling.Outcome.Begun.class);
    Rolling.Progress end = ended();
    assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(states(end)).containsOnly(State.SUCCEEDED);
    assertThat(workers)
        .allSatisfy(worker -> assertThat(worker.wishes.get(0).jar()).isEqualTo("next.jar"));
    assertThat(controller.kinds())
        .containsSubsequence("redeploy_started", "verticle_redeployed", "redeploy_finished");
  }

  @Test
  void it_stops_at_the_first_failure_and_offers_to_go_back() {
    workers.get(1).obstacle = "it throws";
    controller.rollOut(Action.REDEPLOY, "router", null);
    Rolling.Progress end = ended();
    assertThat(end.status()).isEqualTo(Status.STOPPED);
    assertThat(states(end)).containsExactly(State.SUCCEEDED, State.FAILED, State.WAITING);
    assertThat(end.parts().get(1).reason()).isEqualTo("it throws");
    assertThat(end.offersRollback()).isTrue();
    assertThat(workers.get(2).wishes).isEmpty();
    workers.get(1).obstacle = "";
    controller.rollOut(Action.ROLLBACK, "router", null);
    await().until(() -> ended().wish().action() == Action.ROLLBACK);
    assertThat(ended().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workers.get(0).wishes).hasSize(2);
    assertThat(workers.get(2).wishes).isEmpty();
  }

  @Test
  void whom_a_rollout_did_not_reach_does_not_go_back_from_it() {
    controller.rollOut(Action.REDEPLOY, "router", null);
    assertThat(ended().status()).isEqualTo(Status.SUCCEEDED);
    workers.get(1).obstacle = "it throws";
    controller.rollOut(Action.REDEPLOY, "router", null);
    await().until(() -> ended().status() == Status.STOPPED);
    workers.get(1).obstacle = "";
    controller.rollOut(Action.ROLLBACK, "router", null);
    await().until(() -> ended().wish().action() == Action.ROLLBACK);
    assertThat(workers).extracting(worker -> worker.wishes.size()).containsExactly(3, 2, 1);
  }

  @Test
  void a_worker_that_declines_ends_it() {
    workers.get(0).obstacle = "there is no such jar";
    workers.get(0).declines = true;
    controller.rollOut(Action.REDEPLOY, "router", null);
    assertThat(ended().parts().get(0).reason()).isEqualTo("there is no such jar");
    assertThat(ended().offersRollback()).isFalse();
  }

  @Test
  void one_worker_can_be_named() {
    controller.rollOut(Action.REDEPLOY, "router", 2);
    assertThat(ended().parts()).extracting(Rolling.Part::worker).containsExactly(2);
    assertThat(workers.get(0).wishes).isEmpty();
  }

  @Test
  void a_worker_has_the_time_that_its_settings_allow_and_more() {
    RedeployConfig slow = new RedeployConfig(data, 300, 300);
    assertThat(Rollout.patienceMillis(slow)).isEqualTo(630_000);
    assertThat(Rollout.patienceMillis(new RedeployConfig(data, 10, 10))).isEqualTo(50_000);
  }

  @Test
  void what_nobody_can_do_is_refused() {
    assertThat(reason(Action.REDEPLOY, "printer", null)).isEqualTo(Reason.UNKNOWN);
    assertThat(reason(Action.REDEPLOY, "router", 7)).isEqualTo(Reason.UNKNOWN);
    assertThat(reason(Action.ROLLBACK, "router", null)).isEqualTo(Reason.NOTHING_TO_GO_BACK_TO);
  }

  private Reason reason(Action action, String name, Integer worker) {
    return ((Rolling.Outcome.Refused) controller.rollOut(action, name, worker)).reason();
  }

  private Rolling.Progress ended() {
    await()
        .until(
            () -> {
              Rolling.Progress now = controller.roster().rollout();
              return now != null && now.status() != Status.RUNNING;
            });
    return controller.roster().rollout();
  }

  private static List<State> states(Rolling.Progress progress) {
    return progress.parts().stream().map(Rolling.Part::state).toList();
  }
}
