package dev.rondo.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

/** A result as JSON for programs; times are in the unit that the field's name ends with. */
final class JsonReport {

  private JsonReport() {}

  static JsonObject of(Plan plan, LoadRun.Result result) {
    JsonObject json = new JsonObject().put("plan", plan(plan)).put("result", side(result.tested()));
    LoadRun.Measured compared = result.compared();
    if (compared != null) {
      JsonArray ratios = new JsonArray();
      for (Ratios.Ratio ratio : Ratios.of(result.tested(), compared)) {
        ratios.add(
            new JsonObject()
                .put("figure", ratio.figure())
                .put("total", ratio.total())
                .put("least", ratio.least())
                .put("median", ratio.median())
                .put("most", ratio.most()));
      }
      json.put("compared", side(compared)).put("ratios", ratios);
    }
    return json;
  }

  private static JsonObject plan(Plan plan) {
    Workload workload = plan.workload();
    return new JsonObject()
        .put("loop", plan.isOpen() ? "open" : "closed")
        .put("clients", plan.clients())
        .put("rate", plan.rate())
        .put("eventLoops", plan.lanes())
        .put("reads", workload.mix().reads())
        .put("keys", workload.keys())
        .put("valueSize", workload.valueSize())
        .put("distribution", workload.distribution().name())
        .put("w", workload.w())
        .put("r", workload.r());
  }

  private static JsonObject side(LoadRun.Measured side) {
    Score score = side.total();
    JsonArray targets = new JsonArray();
    for (int i = 0; i < side.targets().size(); i++) {
      targets.add(
          new JsonObject()
              .put("url", side.targets().get(i).url())
              .put("longestGapMillis", score.gapNanos().get(i) / 1e6));
    }
    JsonObject latencies = new JsonObject();
    for (Kind kind : Kind.values()) {
      latencies.put(kind.label(), latency(score.tally().latency(kind)));
    }
    return new JsonObject()
        .put("throughput", score.throughput())
        .put("succeeded", score.tally().succeeded())
        .put("failed", score.tally().failed())
        .put("elapsedSeconds", score.elapsedNanos() / 1e9)
        .put("latencies", latencies)
        .put("answers", new JsonObject().mergeIn(labels(score.tally())))
        .put("targets", targets)
        .put("clientCpuMicros", finite(score.clientMicrosEach()))
        .put("serverCpuMicros", finite(score.serverMicrosEach()));
  }

  private static JsonObject labels(Tally tally) {
    JsonObject labels = new JsonObject();
    tally.labels().forEach(labels::put);
    return labels;
  }

  private static JsonObject latency(Histogram micros) {
    return new JsonObject()
        .put("count", micros.getTotalCount())
        .put("meanMicros", micros.getMean())
        .put("p50Micros", micros.getValueAtPercentile(50))
        .put("p90Micros", micros.getValueAtPercentile(90))
        .put("p99Micros", micros.getValueAtPercentile(99))
        .put("p999Micros", micros.getValueAtPercentile(99.9))
        .put("maxMicros", micros.getMaxValue());
  }

  /** JSON has no NaN. */
  private static Object finite(double number) {
    return Double.isFinite(number) ? number : "unknown";
  }
}
