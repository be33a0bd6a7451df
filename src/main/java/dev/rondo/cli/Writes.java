package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What storing and deleting have in common. */
final class Writes {

  private Writes() {}

  /** Where a write goes. */
  static String path(String key, @Nullable Integer w) {
    ClientCommand.require("--w", w, 1, Long.MAX_VALUE);
    return "/kv/" + Server.escaped(key) + (w == null ? "" : "?w=" + w);
  }

  /** Shows what became of a write. */
  static void show(ClientCommand command, JsonObject answer) {
    if (command.isJson()) {
      command.show(answer);
      return;
    }
    command
        .out()
        .println(
            "%s version=%s replicas=%d %s"
                .formatted(
                    answer.getString("status"),
                    answer.getString("version"),
                    answer.getInteger("replicas"),
                    answer.getString("note")));
    command.out().flush();
  }
}
