package dev.rondo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rondo locate}: where a key lives, and which version each of its workers holds. */
@Command(name = "locate", description = "Shows the owners of a key and what each holds of it.")
final class LocateCommand extends ClientCommand {

  @Parameters(paramLabel = "KEY", description = "the key")
  private String key = "";

  @Override
  void run(Server server) {
    JsonObject place = read(server, "/ring/keys/" + Server.escaped(key));
    if (isJson()) {
      show(place);
      return;
    }
    out().println("position " + place.getLong("position"));
    Table holders = new Table("ROLE", "WORKER", "STATUS", "VERSION");
    rows(holders, "owner", place.getJsonArray("owners"));
    rows(holders, "stand-in", place.getJsonArray("standIns"));
    holders.print(out());
  }

  private static void rows(Table holders, String role, JsonArray workers) {
    for (Object one : workers) {
      JsonObject worker = (JsonObject) one;
      holders.row(
          role, worker.getInteger("id"), worker.getString("status"), worker.getString("version"));
    }
  }
}
