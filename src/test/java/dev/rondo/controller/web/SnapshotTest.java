package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.ClusterEvent.Level;
import dev.rondo.bus.Events.Logged;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.bus.Writing.Acknowledgement;
import dev.rondo.core.version.Version;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private final Vertx vertx = Vertx.vertx();
  private final Snapshot snapshot =
      new Snapshot(
          TestController.config(vertx), "3f9ac1d2e4b5", Rosters.millis("18:00:00.000"), 5000);

  @AfterEach
  void close() {
    TestController.await(vertx.close());
  }

  @Test
  void a_worker_that_is_away_serves_nobody_whatever_it_said_last() {
    WorkRates rates = new WorkRates();
    long now = Rosters.millis("19:00:00.250");
    var roster = Rosters.two(WorkerStatus.OFFLINE, Rosters.work(0, 472));
    List<WorkRates.Work> work = rates.of(roster, now);
    assertThat(work).isEmpty();
    JsonObject worker =
        snapshot
            .of(roster, work, List.of(), new JsonArray(), 1, now)
            .getJsonArray("workers")
            .getJsonObject(0);
    for (String rate : List.of("readsPerSecond", "writesPerSecond", "p50Millis", "p99Millis")) {
      assertThat(worker.getDouble(rate)).isZero();
    }
    assertThat(worker.getLong("keys")).isEqualTo(9412);
  }

  /** The dashboard's tests read the same file, so neither side can change a field alone. */
  @Test
  void it_is_exactly_what_the_fixture_says() throws IOException {
    WorkRates rates = new WorkRates();
    long now = Rosters.millis("19:00:00.250");
    rates.of(Rosters.two(WorkerStatus.ONLINE, Rosters.work(0, 472)), now - 500);
    Late late = new Late();
    late.add(
        new LateAcknowledgement(
            Version.parse("019abcde12340000-0"), new Acknowledgement(2, 2, 16_400)),
        now);
    late.add(
        new LateAcknowledgement(
            Version.parse("019abcde12340000-0"), new Acknowledgement(3, 1, 20_000)),
        now);
    JsonObject made =
        snapshot.of(
            Rosters.two(),
            rates.of(Rosters.two(), now),
            List.of(
                new Logged(
                    12,
                    Rosters.millis("18:59:40.000"),
                    new ClusterEvent(
                        "worker_offline",
                        Level.WARN,
                        1,
                        "Worker 1 is OFFLINE: its process has gone or hangs")),
                new Logged(
                    11,
                    Rosters.millis("18:00:05.000"),
                    new ClusterEvent(
                        "config_changed",
                        Level.INFO,
                        null,
                        "Replication factor 2 to 3, W=2, R=2 (epoch 7)"))),
            late.json(now),
            1795372800041L,
            now);
    JsonObject fixture =
        new JsonObject(Files.readString(Path.of("src/test/resources/cluster-update.json")));
    // Two values that depend on the build and on the ring.
    fixture.getJsonObject("controller").put("version", "development");
    fixture.getJsonArray("workers").getJsonObject(1).put("share", 0.2495);
    assertThat(new JsonObject(made.encode())).isEqualTo(fixture);
  }

  @Test
  void without_a_change_under_way_there_are_no_former_quorums() {
    JsonObject config =
        Snapshot.config(
            new dev.rondo.core.member.ClusterState(
                1, 10, Rosters.state().quorums(), Rosters.state().members()));
    assertThat(config.containsKey("former")).isTrue();
    assertThat(config.getValue("former")).isNull();
  }

  @Test
  void a_rate_that_is_no_number_is_shown_as_zero() {
    WorkerReport odd =
        new WorkerReport(
            1,
            1,
            0,
            0,
            0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            0,
            0,
            0,
            List.of(),
            List.of(),
            List.of(2),
            true,
            false,
            -3,
            List.of());
    JsonObject figures = new JsonObject(Figures.of(odd).encode());
    assertThat(figures.getDouble("readsPerSecond")).isZero();
    assertThat(figures.getDouble("writesPerSecond")).isZero();
    assertThat(figures.getJsonArray("suspects")).isEqualTo(new JsonArray().add(2));
  }

  @Test
  void work_that_begins_anew_has_no_negative_rate() {
    WorkRates rates = new WorkRates();
    rates.of(Rosters.two(WorkerStatus.ONLINE, Rosters.work(30, 500)), 1000);
    List<WorkRates.Work> again =
        rates.of(Rosters.two(WorkerStatus.ONLINE, Rosters.work(2, 500)), 2000);
    assertThat(again).extracting(WorkRates.Work::rate).containsExactly(0.0, 0.0);
  }

  @Test
  void events_are_shown_once_newest_first_in_whatever_order_they_are_learned() {
    Board board = new Board(snapshot, 1000);
    board.take(Rosters.two());
    for (long seq : new long[] {40, 2, 1, 3, 40}) {
      board.take(new Logged(seq, 1000, new ClusterEvent("restart", Level.INFO, 0, "text")));
    }
    assertThat(board.next(1000).getJsonArray("events").stream())
        .extracting(event -> ((JsonObject) event).getLong("seq"))
        .containsExactly(40L, 3L, 2L, 1L);
  }

  @Test
  void numbers_grow_over_a_restart() {
    Board earlier = new Board(snapshot, 1000);
    earlier.take(Rosters.two());
    earlier.next(1000);
    long last = earlier.next(1500).getLong("seq");
    Board later = new Board(snapshot, 4000);
    later.take(Rosters.two());
    assertThat(later.next(4000).getLong("seq")).isGreaterThan(last);
  }
}
