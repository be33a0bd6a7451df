package dev.rondo.controller.web;

import dev.rondo.bus.RecentChange;
import dev.rondo.bus.WorkerReport;
import dev.rondo.http.Timestamps;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What a worker last said of itself, as a snapshot shows it. */
final class Figures {

  private static final double DIGITS = 1000;

  /** Stands for a worker that never said anything. */
  private static final WorkerReport SILENT =
      new WorkerReport(
          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), false, false, 0,
          List.of());

  private Figures() {}

  /** The figures of a worker that was not heard yet. */
  static JsonObject none() {
    return json(SILENT).putNull("epoch");
  }

  /** The figures of a report. */
  static JsonObject of(WorkerReport report) {
    return json(report);
  }

  /** The figures of the last report of a worker that is away: its rates are over. */
  static JsonObject last(WorkerReport report) {
    return of(report)
        .put("readsPerSecond", 0.0)
        .put("writesPerSecond", 0.0)
        .put("failuresPerSecond", 0.0)
        .put("p50Millis", 0.0)
        .put("p99Millis", 0.0);
  }

  /** To three digits; what is no number (a rate over no time) is 0, for JSON knows none of it. */
  static double rounded(double figure) {
    return Double.isFinite(figure) ? Math.round(figure * DIGITS) / DIGITS : 0;
  }

  private static JsonObject json(WorkerReport report) {
    JsonArray recent = new JsonArray();
    report.recent().stream().limit(RecentChange.MAX).forEach(one -> recent.add(recent(one)));
    return new JsonObject()
        .put("epoch", report.epoch())
        .put("keys", report.keys())
        .put("bytes", report.bytes())
        .put("hints", report.hints())
        .put("readsPerSecond", rounded(report.readsPerSecond()))
        .put("writesPerSecond", rounded(report.writesPerSecond()))
        .put("failuresPerSecond", rounded(report.failuresPerSecond()))
        .put("p50Millis", rounded(report.p50Millis()))
        .put("p99Millis", rounded(report.p99Millis()))
        .put("diskFull", report.diskFull())
        .put("mayCoordinate", report.mayCoordinate())
        .put("clockOffsetMillis", report.clockOffsetMillis())
        .put("suspects", new JsonArray(report.suspects()))
        .put("recent", recent);
  }

  private static JsonObject recent(WorkerReport.Recent recent) {
    RecentChange change = recent.change();
    return new JsonObject()
        .put("key", change.key().toString())
        .put("version", change.version().toString())
        .put("size", change.size())
        .put("primary", recent.primary())
        .put("tombstone", change.tombstone())
        .put("at", Timestamps.of(change.atMillis()));
  }
}
