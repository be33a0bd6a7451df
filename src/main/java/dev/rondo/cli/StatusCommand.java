package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code rondo status}: the cluster at a glance. */
@Command(name = "status", description = "Shows the cluster and its workers.")
final class StatusCommand extends ClientCommand {

  @Override
  void run(Server server) {
    JsonObject cluster = read(server, "/cluster");
    if (isJson()) {
      show(cluster);
      return;
    }
    JsonObject config = cluster.getJsonObject("config");
    out()
        .println(
            "cluster %s, epoch %d, N=%d W=%d R=%d%s"
                .formatted(
                    cluster.getString("cluster"),
                    cluster.getLong("epoch"),
                    config.getInteger("replicationFactor"),
                    config.getInteger("writeQuorum"),
                    config.getInteger("readQuorum"),
                    config.getValue("former") == null ? "" : ", a change is under way"));
    Table workers =
        new Table("WORKER", "STATUS", "URL", "SHARE", "KEYS", "BYTES", "HINTS", "LAST HEARTBEAT");
    for (Object one : cluster.getJsonArray("workers")) {
      JsonObject worker = (JsonObject) one;
      workers.row(
          worker.getInteger("id"),
          worker.getString("status"),
          worker.getString("url"),
          "%.1f %%".formatted(100 * worker.getDouble("share")),
          worker.getLong("keys"),
          worker.getLong("bytes"),
          worker.getLong("hints"),
          worker.getString("lastHeartbeat"));
    }
    workers.print(out());
    for (Object one : cluster.getJsonArray("work")) {
      JsonObject work = (JsonObject) one;
      out().println(line(work));
    }
    out().flush();
  }

  /** Of some work nobody knows beforehand how much there is. */
  private static String line(JsonObject work) {
    long total = work.getLong("total");
    return "%s of worker %d: %d%s %s, %.1f/s"
        .formatted(
            work.getString("kind"),
            work.getInteger("worker"),
            work.getLong("done"),
            total == 0 ? "" : " of " + total,
            work.getString("unit"),
            work.getDouble("rate"));
  }
}
