package dev.rondo.cli;

import io.vertx.core.json.JsonObject;

/** How many keys there are, roughly: for a bar that shows how far something is. */
final class KeyTotal {

  private KeyTotal() {}

  /** The copies of all workers by the replication factor; -1 where only the controller knows. */
  static long of(Server server) {
    try {
      JsonObject cluster = ClientCommand.read(server, "/cluster");
      long copies =
          cluster.getJsonArray("workers").stream()
              .mapToLong(worker -> ((JsonObject) worker).getLong("keys", 0L))
              .sum();
      return copies / cluster.getJsonObject("config").getInteger("replicationFactor");
    } catch (Refused unknown) {
      return -1;
    }
  }
}
