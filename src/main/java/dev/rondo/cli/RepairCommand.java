package dev.rondo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
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

  @Option(names = "--worker", paramLabel = "ID", description = "this worker alone (all)")
  private @Nullable Integer worker;

  @Option(names = "--wait", description = "waits until they have finished")
  private boolean wait;

  @Override
  void run(Server server) throws InterruptedException {
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
    Set<Integer> waiting = new HashSet<>();
    order.getJsonArray("workers").forEach(id -> waiting.add((Integer) id));
    String name = "repair " + order.getLong("order");
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
        finished(event, name, waiting);
      }
      requireOnline(server, waiting);
    }
  }

  private void finished(JsonObject event, String order, Set<Integer> waiting) {
    boolean mine =
        "repair_finished".equals(event.getString("kind"))
            && event.getString("text").contains(order + ",");
    if (mine && waiting.remove(event.getInteger("worker"))) {
      out().println(isJson() ? event.encode() : Table.printable(event.getString("text")));
      out().flush();
    }
  }

  /** Whoever dies has forgotten the order. */
  private static void requireOnline(Server server, Set<Integer> waiting) {
    for (Object one : read(server, "/cluster").getJsonArray("workers")) {
      JsonObject row = (JsonObject) one;
      if (waiting.contains(row.getInteger("id")) && "OFFLINE".equals(row.getString("status"))) {
        throw new Refused(
            Exits.UNAVAILABLE, "Worker %d is OFFLINE now".formatted(row.getInteger("id")));
      }
    }
  }
}
