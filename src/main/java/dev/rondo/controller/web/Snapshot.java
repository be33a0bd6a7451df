package dev.rondo.controller.web;

import dev.rondo.bus.Events;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerReport;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.NodeConfig;
import dev.rondo.controller.journal.EventJson;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.http.Timestamps;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster at one moment, as {@code GET /cluster} and {@code cluster_update} show it.
 *
 * <p>{@code src/test/resources/cluster-update.json} fixes the shape; the dashboard's tests read the
 * same file.
 */
final class Snapshot {

  private final JsonObject controller;
  private final String cluster;

  /** Snapshots by this controller, which serves {@code build} of the dashboard, if any. */
  Snapshot(NodeConfig config, @Nullable String build, long startedAtMillis, int httpPort) {
    this.cluster = config.cluster();
    this.controller =
        new JsonObject()
            .put("version", version())
            .put("build", build)
            .put("startedAt", Timestamps.of(startedAtMillis))
            .put("httpPort", httpPort)
            .put("grpcPort", config.grpc().port());
  }

  /** The release that runs. */
  static String version() {
    String version = Snapshot.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * One snapshot.
   *
   * @param events newest first
   * @param late what {@link Late} knows
   */
  JsonObject of(
      Roster roster,
      List<WorkRates.Work> work,
      Collection<Events.Logged> events,
      JsonArray late,
      long seq,
      long nowMillis) {
    Shares shares = Shares.of(roster.state());
    JsonArray workers = new JsonArray();
    roster.workers().forEach(entry -> workers.add(worker(entry, shares)));
    JsonArray pieces = new JsonArray();
    RolloutJson.work(roster.rollout()).forEach(piece -> pieces.add(piece(piece)));
    work.forEach(piece -> pieces.add(piece(piece)));
    JsonArray happened = new JsonArray();
    events.forEach(event -> happened.add(EventJson.write(event)));
    return new JsonObject()
        .put("cluster", cluster)
        .put("epoch", roster.state().epoch())
        .put("seq", seq)
        .put("at", Timestamps.of(nowMillis))
        .put("controller", controller.copy().put("id", roster.controller().name()))
        .put("heartbeat", heartbeat(roster.controller()))
        .put("config", config(roster.state()))
        .put("workers", workers)
        .put("work", pieces)
        .put("rollout", RolloutJson.rollout(roster.rollout()))
        .put("events", happened)
        .put("late", late);
  }

  private static JsonObject heartbeat(Roster.Controller controller) {
    return new JsonObject()
        .put("intervalMillis", controller.beatMillis())
        .put("offlineAfterMillis", controller.offlineMillis());
  }

  /** The configuration in force, and the one that a change leaves behind while it is under way. */
  static JsonObject config(ClusterState state) {
    Quorums former = state.former();
    return quorums(state.quorums())
        .put("vnodes", state.vnodes())
        .put("former", former == null ? null : quorums(former));
  }

  private static JsonObject quorums(Quorums quorums) {
    return new JsonObject()
        .put("replicationFactor", quorums.replicationFactor())
        .put("writeQuorum", quorums.writeQuorum())
        .put("readQuorum", quorums.readQuorum());
  }

  private static JsonObject worker(Roster.Entry entry, Shares shares) {
    Roster.Running running = entry.running();
    JsonObject json =
        new JsonObject()
            .put("id", entry.id())
            .put("name", "Worker " + entry.id())
            .put("url", entry.url())
            .put("status", entry.status().name())
            .put("since", Timestamps.of(entry.sinceMillis()))
            .put("lastHeartbeat", Timestamps.orNever(entry.lastBeatMillis()))
            .put("member", shares.isMember(entry.id()))
            .put("share", shares.of(entry.id()));
    WorkerReport report = entry.report();
    return json.mergeIn(figures(entry))
        .put("verticles", RolloutJson.verticles(report == null ? List.of() : report.verticles()))
        .put("version", running == null ? null : running.version())
        .put("pid", running == null ? null : running.pid())
        .put("startedAt", running == null ? null : Timestamps.orNever(running.startedAtMillis()));
  }

  /** Of a worker that is away it is known what it holds, and that it serves nobody. */
  private static JsonObject figures(Roster.Entry entry) {
    WorkerReport report = entry.report();
    if (report == null) {
      return Figures.none();
    }
    return entry.status() == WorkerStatus.OFFLINE ? Figures.last(report) : Figures.of(report);
  }

  private static JsonObject piece(WorkRates.Work work) {
    return new JsonObject()
        .put("kind", work.piece().kind().word())
        .put("worker", work.piece().worker())
        .put("done", work.done())
        .put("total", work.total())
        .put("unit", work.unit())
        .put("rate", Figures.rounded(work.rate()));
  }
}
