package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code rondo ring}: who has which part of the key space. */
@Command(name = "ring", description = "Shows the members and their shares of the key space.")
final class RingCommand extends ClientCommand {

  @Override
  void run(Server server) {
    JsonObject ring = read(server, "/ring");
    if (isJson()) {
      show(ring);
      return;
    }
    out()
        .println(
            "epoch %d, %d vnodes a worker, N=%d"
                .formatted(
                    ring.getLong("epoch"),
                    ring.getInteger("vnodes"),
                    ring.getInteger("replicationFactor")));
    Table members = new Table("WORKER", "SHARE");
    for (Object one : ring.getJsonArray("members")) {
      JsonObject member = (JsonObject) one;
      members.row(member.getInteger("id"), "%.1f %%".formatted(100 * member.getDouble("share")));
    }
    members.print(out());
  }
}
