package dev.rondo.api;

import dev.rondo.bus.Fitness;
import dev.rondo.bus.PurgeObstacles;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One worker as {@code /node} shows it; null is what nobody answered. */
record NodeView(
    NodeConfig config,
    @Nullable Fitness fitness,
    @Nullable StorageFigures storage,
    @Nullable Topology topology,
    @Nullable Reachability reachability,
    @Nullable PurgeObstacles purging) {

  private static final List<String> VERTICLES =
      List.of("persistence", "heartbeat", "replication", "router", "api");

  JsonObject json() {
    return new JsonObject()
        .put("id", config.id())
        .put("name", name())
        .put("role", config.role().name().toLowerCase(Locale.ROOT))
        .put("status", status())
        .put("version", version())
        .put("uptime", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
        .put("epoch", topology == null ? null : topology.state().epoch())
        .put("verticles", new JsonArray(VERTICLES))
        .put("fitness", fitness == null ? null : fitnessJson(fitness))
        .put("storage", storage == null ? null : storageJson(storage))
        .put("tombstones", storage == null ? null : tombstonesJson(storage))
        .put("hints", storage == null ? null : hintsJson(storage))
        .put("unreachable", reachability == null ? null : unreachable(reachability));
  }

  private String name() {
    return new Member(config.id(), config.host(), 0, 0).name();
  }

  /** Without its storage a worker is of no use; without its data it is being rebuilt. */
  private String status() {
    if (fitness == null || !fitness.identified()) {
      return "JOINING";
    }
    if (storage == null || storage.health() == Health.FAILED || !fitness.storageOpen()) {
      return "OFFLINE";
    }
    return fitness.complete() && fitness.caughtUp() ? "ONLINE" : "RECOVERING";
  }

  private static String version() {
    String version = NodeView.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static JsonObject fitnessJson(Fitness fitness) {
    return new JsonObject()
        .put("mayCoordinate", fitness.mayCoordinate())
        .put("identified", fitness.identified())
        .put("complete", fitness.complete())
        .put("caughtUp", fitness.caughtUp())
        .put("clockSound", fitness.clockSound())
        .put("storageOpen", fitness.storageOpen())
        .put("clockOffsetMillis", fitness.clockOffsetMillis());
  }

  private static JsonObject storageJson(StorageFigures storage) {
    return new JsonObject()
        .put("health", storage.health().name())
        .put("keys", storage.keys())
        .put("bytes", storage.bytes())
        .put("freeBytes", storage.freeBytes())
        .put("setAside", storage.setAside());
  }

  /** Where there are none, nothing waits. */
  private JsonObject tombstonesJson(StorageFigures storage) {
    JsonArray waiting = new JsonArray();
    if (purging != null && storage.tombstones() > 0) {
      new TreeMap<>(purging.arcs())
          .forEach(
              (obstacle, arcs) ->
                  waiting.add(
                      new JsonObject()
                          .put("reason", obstacle.name().toLowerCase(Locale.ROOT))
                          .put("arcs", arcs)));
    }
    return new JsonObject().put("count", storage.tombstones()).put("waiting", waiting);
  }

  private static JsonObject hintsJson(StorageFigures storage) {
    JsonArray waiting = new JsonArray();
    new TreeMap<>(storage.hints())
        .forEach(
            (worker, hints) ->
                waiting.add(new JsonObject().put("worker", worker).put("hints", hints)));
    return new JsonObject()
        .put("total", storage.hints().values().stream().mapToLong(Long::longValue).sum())
        .put("bytes", storage.hintBytes())
        .put("dropped", storage.hintsDropped())
        .put("waiting", waiting);
  }

  private static JsonArray unreachable(Reachability reachability) {
    return new JsonArray(List.copyOf(new TreeSet<>(reachability.suspected())));
  }
}
