package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Roster;
import dev.rondo.bus.Traffic;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.bus.Writing;
import dev.rondo.config.RingConfig;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is there, and who is not: workers' heartbeats against a registry, over real gRPC. */
class AttendanceTest {
  @TempDir Path data;
  private final RingConfig ring = TestConfigs.ring(2);
  private final int port = TestConfigs.freePort();
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestController controller;

  @BeforeEach
  void start() {
    controller = closing(new TestController(ring, port, data));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void members_that_never_registered_are_joining() {
    assertThat(controller.status(0)).isEqualTo(WorkerStatus.JOINING);
    assertThat(controller.entry(1).url()).isEqualTo("http://127.0.0.1:5002");
    assertThat(controller.entry(1).running()).isNull();
  }

  @Test
  void a_worker_that_registers_is_told_what_time_it_is() {
    TestWorker worker = worker(0);
    await().until(() -> !worker.words.isEmpty());
    assertThat(worker.words.get(0).wallAheadMillis())
        .as("on one machine nothing speaks against it")
        .isZero();
  }

  @Test
  void of_the_members_of_a_new_cluster_nothing_is_said_before_they_come() {
    await()
        .pollDelay(Duration.ofMillis(TestController.PACE.offlineMillis() + 500))
        .until(() -> true);
    assertThat(controller.kinds()).isEmpty();
    assertThat(controller.status(1)).isEqualTo(WorkerStatus.JOINING);
  }

  @Test
  void a_member_that_is_dead_when_the_controller_starts_again_is_offline_in_time() {
    worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    controller.close();
    controller = closing(new TestController(ring, port, data));
    awaitStatus(1, WorkerStatus.OFFLINE);
    assertThat(lastEvent("worker_offline").text())
        .isEqualTo("Worker 1 is OFFLINE: no heartbeat for 3000 ms");
    assertThat(lastEvent("worker_offline").level()).isEqualTo(ClusterEvent.Level.WARN);
    assertThat(controller.status(0)).isEqualTo(WorkerStatus.ONLINE);
    worker(1);
    awaitStatus(1, WorkerStatus.ONLINE);
  }

  @Test
  void a_worker_that_is_given_up_before_it_ever_came_is_offline() {
    worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    controller.givenUp(0);
    controller.givenUp(1);
    controller.givenUp(7);
    awaitStatus(1, WorkerStatus.OFFLINE);
    assertThat(lastEvent("worker_offline").text())
        .isEqualTo("Worker 1 is OFFLINE: its process died again and again and was given up");
    assertThat(controller.status(0))
        .as("somebody else has started it")
        .isEqualTo(WorkerStatus.ONLINE);
    worker(1);
    awaitStatus(1, WorkerStatus.ONLINE);
  }

  @Test
  void workers_that_register_are_online() {
    worker(0);
    worker(1);
    awaitStatus(0, WorkerStatus.ONLINE);
    awaitStatus(1, WorkerStatus.ONLINE);
    assertThat(controller.kinds()).contains("worker_registered", "worker_online");
    assertThat(controller.entry(0).lastBeatMillis()).isPositive();
    assertThat(controller.entry(0).running().pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void the_condition_of_a_worker_is_its_status() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    worker.publish(Addresses.FINDING, new Finding.CaughtUp(false));
    awaitStatus(0, WorkerStatus.RECOVERING);
    worker.publish(Addresses.FINDING, new Finding.CaughtUp(true));
    awaitStatus(0, WorkerStatus.ONLINE);
    worker.publish(Addresses.FINDING, new Finding.Storage(false, false));
    awaitStatus(0, WorkerStatus.OFFLINE);
    assertThat(lastEvent("worker_offline").level()).isEqualTo(ClusterEvent.Level.ERROR);
    assertThat(lastEvent("worker_offline").text()).endsWith("its storage has failed");
  }

  @Test
  void a_worker_that_reports_has_not_gone_whatever_the_membership_layer_says() {
    worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    controller.membership.departed(0);
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    assertThat(controller.kinds()).doesNotContain("worker_offline");
    assertThat(controller.status(0)).isEqualTo(WorkerStatus.ONLINE);
  }

  @Test
  void a_silent_process_that_is_said_to_have_gone_is_offline_before_its_time() {
    RawWorker silent = closing(new RawWorker(port));
    silent.register(RawWorker.words(1, ring));
    await().until(silent::isWelcome);
    controller.membership.departed(1);
    awaitStatus(1, WorkerStatus.OFFLINE);
    assertThat(lastEvent("worker_offline").text())
        .isEqualTo("Worker 1 is OFFLINE: its process has gone or hangs");
  }

  @Test
  void a_worker_that_was_taken_for_dead_is_told_to_catch_up() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    controller.exited(0, ProcessHandle.current().pid());
    await().until(() -> worker.catchUps.size() == 1);
    awaitStatus(0, WorkerStatus.ONLINE);
    assertThat(lastEvent("worker_online").text()).isEqualTo("Worker 0 is back ONLINE");
  }

  @Test
  void a_process_that_its_supervisor_saw_end_is_offline_at_once() {
    worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    controller.exited(0, ProcessHandle.current().pid());
    await().until(() -> controller.kinds().contains("worker_offline"));
    assertThat(lastEvent("worker_offline").text())
        .isEqualTo("Worker 0 is OFFLINE: its process has ended");
  }

  @Test
  void the_end_of_a_former_process_says_nothing_of_the_one_that_is_there() {
    worker(0);
    worker(1);
    awaitStatus(0, WorkerStatus.ONLINE);
    awaitStatus(1, WorkerStatus.ONLINE);
    long pid = ProcessHandle.current().pid();
    controller.exited(0, pid + 1);
    controller.exited(1, pid);
    await().until(() -> controller.kinds().contains("worker_offline"));
    assertThat(controller.status(0)).isEqualTo(WorkerStatus.ONLINE);
  }

  @Test
  void a_silent_worker_is_offline_and_hung_up_on() {
    RawWorker silent = closing(new RawWorker(port));
    silent.register(RawWorker.words(1, ring));
    await().until(silent::isWelcome);
    assertThat(controller.status(1)).isEqualTo(WorkerStatus.JOINING);
    awaitStatus(1, WorkerStatus.OFFLINE);
    await().until(() -> silent.over);
    assertThat(lastEvent("worker_offline").text())
        .isEqualTo("Worker 1 is OFFLINE: no heartbeat for 3000 ms");
  }

  @Test
  void a_worker_that_stops_says_so() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    worker.stop();
    awaitStatus(0, WorkerStatus.LEAVING);
    controller.membership.departed(0);
    awaitStatus(0, WorkerStatus.OFFLINE);
    assertThat(lastEvent("worker_offline").text()).isEqualTo("Worker 0 is OFFLINE: it was stopped");
    assertThat(lastEvent("worker_offline").level()).isEqualTo(ClusterEvent.Level.INFO);
  }

  @Test
  void a_controller_that_starts_again_has_everybody_back() {
    worker(0);
    worker(1);
    awaitStatus(1, WorkerStatus.ONLINE);
    controller.close();
    controller = closing(new TestController(ring, port, data));
    awaitStatus(0, WorkerStatus.ONLINE);
    awaitStatus(1, WorkerStatus.ONLINE);
    assertThat(controller.kinds()).doesNotContain("worker_offline");
  }

  @Test
  void a_worker_that_starts_before_its_controller_serves_and_registers_later() {
    controller.close();
    TestWorker worker = worker(0);
    assertThat(worker.state()).isEqualTo(ring.firstState());
    controller = closing(new TestController(ring, port, data));
    awaitStatus(0, WorkerStatus.ONLINE);
  }

  @Test
  void what_a_worker_reports_is_in_the_roster() {
    TestWorker worker = worker(0);
    Key key = Key.of("alpha");
    RecentChange change = new RecentChange(key, Version.of(5_000, 1, 0), 3, false, 5_001);
    worker.recent = List.of(change);
    WorkProgress work = new WorkProgress(WorkProgress.Kind.HINTS, 1, 3, 9, "hints", false);
    worker.publish(Addresses.WORK, work);
    await().until(() -> !report().recent().isEmpty() && !report().work().isEmpty());
    WorkerReport report = report();
    assertThat(report.recent().get(0).change()).isEqualTo(change);
    assertThat(report.work()).containsExactly(work);
    assertThat(report.keys()).isEqualTo(7);
    assertThat(report.hints()).isEqualTo(2);
    assertThat(report.epoch()).isEqualTo(1);
    worker.publish(
        Addresses.WORK, new WorkProgress(WorkProgress.Kind.HINTS, 1, 9, 9, "hints", true));
    await().until(() -> report().work().isEmpty());
  }

  @Test
  void what_happens_at_a_worker_is_an_event_of_the_cluster() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    ClusterEvent event = new ClusterEvent("repaired", ClusterEvent.Level.INFO, 0, "Two keys");
    worker.publish(Addresses.EVENT, event);
    await().until(() -> controller.events.contains(event));
  }

  @Test
  void what_happened_at_a_worker_without_a_controller_is_told_later_in_order_and_once() {
    controller.close();
    TestWorker worker = worker(0);
    List<ClusterEvent> all = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      all.add(new ClusterEvent("repaired", ClusterEvent.Level.INFO, 0, "No. " + i));
    }
    all.forEach(event -> worker.publish(Addresses.EVENT, event));
    controller = closing(new TestController(ring, port, data));
    awaitStatus(0, WorkerStatus.ONLINE);
    ClusterEvent last = new ClusterEvent("repaired", ClusterEvent.Level.INFO, 0, "The last");
    worker.publish(Addresses.EVENT, last);
    all.add(last);
    await().until(() -> controller.events.contains(last));
    assertThat(controller.events.stream().filter(event -> event.kind().equals("repaired")))
        .containsExactlyElementsOf(all.subList(6, all.size()));
  }

  @Test
  void workers_are_told_to_repair_as_far_as_they_are_there() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    Repairing.Outcome all = controller.repair(null);
    assertThat(all.workers()).containsExactly(0);
    await().until(() -> worker.orders.contains(new Repairing.Order(all.order())));
    assertThat(controller.repair(1).workers()).isEmpty();
  }

  @Test
  void what_comes_behind_the_answer_of_a_traced_write_reaches_the_controller() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    LateAcknowledgement late = late(1);
    worker.publish(Addresses.LATE, late);
    await().until(() -> !controller.late.isEmpty());
    assertThat(controller.late).containsExactly(late);
  }

  /** People look at one write; thousands must not crowd out the heartbeats. */
  @Test
  void of_very_many_traced_writes_only_some_are_told() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    for (int i = 1; i <= 20_000; i++) {
      worker.publish(Addresses.LATE, late(i));
    }
    LateAcknowledgement last = late(30_000);
    await()
        .until(
            () -> {
              worker.publish(Addresses.LATE, last);
              return controller.late.contains(last);
            });
    assertThat(controller.late).hasSizeLessThan(10_000);
    assertThat(controller.status(0)).isEqualTo(WorkerStatus.ONLINE);
  }

  private static LateAcknowledgement late(int counter) {
    return new LateAcknowledgement(
        Version.of(5_000, counter, 0), new Writing.Acknowledgement(3, 2, 16_400));
  }

  @Test
  void the_roster_names_the_controller_and_how_it_judges() {
    Roster.Controller known = controller.roster().controller();
    assertThat(known.beatMillis()).isEqualTo(TestController.PACE.beatMillis());
    assertThat(known.offlineMillis()).isEqualTo(TestController.PACE.offlineMillis());
    assertThat(known.name()).matches("[0-9a-f]{16}");
  }

  @Test
  void the_requests_of_all_instances_are_one_rate() {
    TestWorker worker = worker(0);
    awaitStatus(0, WorkerStatus.ONLINE);
    worker.publish(Addresses.TRAFFIC, new Traffic(6, 2, 1, latencies(2_000)));
    worker.publish(Addresses.TRAFFIC, new Traffic(4, 0, 0, latencies(2_000)));
    await().until(() -> report().readsPerSecond() > 0);
    WorkerReport report = report();
    assertThat(report.readsPerSecond() / report.writesPerSecond()).isBetween(4.9, 5.1);
    assertThat(report.p99Millis()).isBetween(1.9, 2.1);
    await().until(() -> report().readsPerSecond() == 0);
  }

  @Test
  void a_change_of_status_is_published_at_once() {
    worker(0);
    await()
        .untilAsserted(
            () ->
                assertThat(controller.rosters)
                    .anySatisfy(
                        roster ->
                            assertThat(roster.workers().get(0).status())
                                .isEqualTo(WorkerStatus.ONLINE)));
  }

  private WorkerReport report() {
    return controller.entry(0).report() == null
        ? ReportWire.read(dev.rondo.proto.Report.getDefaultInstance())
        : controller.entry(0).report();
  }

  private static Bytes latencies(long micros) {
    Histogram histogram = new Histogram(60_000_000, 2);
    histogram.recordValue(micros);
    ByteBuffer encoded = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    histogram.encodeIntoByteBuffer(encoded);
    byte[] bytes = new byte[encoded.flip().remaining()];
    encoded.get(bytes);
    return Bytes.wrap(bytes);
  }

  private ClusterEvent lastEvent(String kind) {
    return controller.events.stream()
        .filter(event -> event.kind().equals(kind))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private void awaitStatus(int worker, WorkerStatus status) {
    await().until(() -> controller.status(worker) == status);
  }

  private TestWorker worker(int id) {
    return closing(new TestWorker(id, ring, port));
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(0, one);
    return one;
  }
}
