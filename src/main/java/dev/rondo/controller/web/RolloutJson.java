package dev.rondo.controller.web;

import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.WorkerReport;
import dev.rondo.http.VerticleJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The verticles of the workers, and how far replacing one of them has come. */
final class RolloutJson {

  private RolloutJson() {}

  /** {@code GET /cluster/verticles}. */
  static JsonObject of(Roster roster) {
    JsonArray workers = new JsonArray();
    for (Roster.Entry entry : roster.workers()) {
      WorkerReport report = entry.report();
      workers.add(
          new JsonObject()
              .put("id", entry.id())
              .put("verticles", verticles(report == null ? List.of() : report.verticles())));
    }
    return new JsonObject().put("rollout", rollout(roster.rollout())).put("workers", workers);
  }

  /** The verticles of one worker. */
  static JsonArray verticles(Collection<Verticle> verticles) {
    JsonArray all = new JsonArray();
    for (Verticle verticle : verticles) {
      JsonObject json = VerticleJson.of(verticle);
      // Nobody reports it; it would be old.
      json.remove("inFlight");
      all.add(json);
    }
    return all;
  }

  /** The latest rollout; null before the first. */
  static @Nullable JsonObject rollout(Rolling.@Nullable Progress progress) {
    if (progress == null) {
      return null;
    }
    JsonArray parts = new JsonArray();
    progress.parts().forEach(part -> parts.add(part(part)));
    return new JsonObject()
        .put("id", progress.id())
        .put("name", progress.wish().name())
        .put("action", word(progress.wish().action()))
        .put("jar", progress.wish().jar())
        .put("status", word(progress.status()))
        .put("done", progress.done())
        .put("total", progress.parts().size())
        .put("worker", progress.worker())
        .put("workers", parts)
        .put("rollbackOffered", progress.offersRollback());
  }

  private static JsonObject part(Rolling.Part part) {
    return new JsonObject()
        .put("id", part.worker())
        .put("status", word(part.state()))
        .put("reason", part.reason().isEmpty() ? null : part.reason());
  }

  /** A rollout that runs is a piece of work. */
  static List<WorkRates.Work> work(Rolling.@Nullable Progress progress) {
    Integer worker = progress == null ? null : progress.worker();
    return progress == null || worker == null || progress.status() != Rolling.Status.RUNNING
        ? List.of()
        : List.of(
            new WorkRates.Work(
                new WorkRates.Piece(WorkProgress.Kind.REDEPLOY, worker),
                progress.done(),
                progress.parts().size(),
                "workers",
                0));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
