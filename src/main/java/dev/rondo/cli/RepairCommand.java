package dev.rondo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rondo repair}. */
@Command(name = "repair", description = "Has workers make their copies equal to their peers'.")
final class RepairCommand extends ClientCommand {

  private static final long LOOK_EVERY_MILLIS = 300;

  /** The comparison itself, and what it waits for. */
  private static final Set<String> SIGNS = Set.of("anti-entropy", "recovery", "rebalance");

  @Option(names = "--worker", paramLabel = "ID", description = "this worker alone (all)")
  private @Nullable Integer worker;

  @Option(names = "--wait", description = "waits until they have finished")
  private boolean wait;

  @Option(names = "--silence-millis", hidden = true, defaultValue = "60000")
  private long silenceMillis;

  @Override
  void run(Server server) throws InterruptedException {
    require("--worker", worker, 0, Long.MAX_VALUE);
    long since = read(server, "/cluster/events?limit=1").getLong("newest");
    String path = "/cluster/repair" + (worker == null ? "" : "?worker=" + worker);
    JsonObject answer = write(server, "POST", path, new JsonObject());
    if (isJson()) {
      show(answer);
    } else {
      out().println("Workers " + list(answer.getJsonArray("workers")) + " compare their copies");
      out().flush();
    }
    if (wait) {
      await(server, answer, since);
    }
  }

  private static String list(JsonArray workers) {
    return String.join(", ", workers.stream().map(String::valueOf).toList());
  }

  private void await(Server server, JsonObject order, long since) throws InterruptedException {
    Map<Integer, Long> waiting = new HashMap<>();
    for (Object id : order.getJsonArray("workers")) {
      waiting.put((Integer) id, System.nanoTime());
    }
    String name = "repair " + order.getLong("order") + ",";
    CountDownLatch never = new CountDownLatch(1);
    long last = since;
    while (!waiting.isEmpty()) {
      if (never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      JsonObject page = read(server, "/cluster/events?limit=1000&since=" + last);
      for (Object one : page.getJsonArray("events")) {
        JsonObject event = (JsonObject) one;
        last = event.getLong("seq");
        if (event.getString("text").contains(name)) {
          heard(event, waiting);
        }
      }
      requireLife(read(server, "/cluster"), waiting);
    }
  }

  private void heard(JsonObject event, Map<Integer, Long> waiting) {
    Integer id = event.getInteger("worker");
    if ("repair_refused".equals(event.getString("kind")) && waiting.containsKey(id)) {
      throw new Refused(Exits.UNAVAILABLE, event.getString("text"));
    }
    if ("repair_finished".equals(event.getString("kind")) && waiting.remove(id) != null) {
      out().println(isJson() ? event.encode() : Table.printable(event.getString("text")));
      out().flush();
    }
  }

  /**
   * Whoever dies has forgotten the order. Whoever does nothing that would be a part of it, or comes
   * before it, for so long has made it unheard, or will not.
   */
  private void requireLife(JsonObject cluster, Map<Integer, Long> waiting) {
    for (Object one : cluster.getJsonArray("workers")) {
      JsonObject row = (JsonObject) one;
      Integer id = row.getInteger("id");
      if (waiting.containsKey(id) && "OFFLINE".equals(row.getString("status"))) {
        throw new Refused(Exits.UNAVAILABLE, "Worker %d is OFFLINE now".formatted(id));
      }
    }
    long now = System.nanoTime();
    for (Object one : cluster.getJsonArray("work", new JsonArray())) {
      JsonObject work = (JsonObject) one;
      if (SIGNS.contains(work.getString("kind"))) {
        waiting.replace(work.getInteger("worker"), now);
      }
    }
    waiting.forEach(
        (id, sign) -> {
          if (TimeUnit.NANOSECONDS.toMillis(now - sign) > silenceMillis) {
            throw new Refused(
                Exits.UNKNOWN,
                "Worker %d shows no work on it for %d s".formatted(id, silenceMillis / 1000));
          }
        });
  }
}
