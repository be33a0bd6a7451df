package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code rondo config get}. */
@Command(name = "get", description = "Shows the configuration in force.")
final class ConfigGetCommand extends ClientCommand {

  @Override
  void run(Server server) {
    show(this, read(server, "/cluster/config"));
  }

  static void show(ClientCommand command, JsonObject answer) {
    if (command.isJson()) {
      command.show(answer);
      return;
    }
    JsonObject config = answer.getJsonObject("config");
    command
        .out()
        .println(
            "epoch %d: n=%d w=%d r=%d%s"
                .formatted(
                    answer.getLong("epoch"),
                    config.getInteger("replicationFactor"),
                    config.getInteger("writeQuorum"),
                    config.getInteger("readQuorum"),
                    config.getValue("former") == null ? "" : " (a change is under way)"));
    command.out().flush();
  }
}
