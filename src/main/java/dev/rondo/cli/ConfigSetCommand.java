package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo config set}: changes what is named, leaves the rest. */
@Command(name = "set", description = "Changes the replication factor (n) and the quorums (w, r).")
final class ConfigSetCommand extends ClientCommand {

  private static final Map<String, String> NAMES =
      Map.of("n", "replicationFactor", "w", "writeQuorum", "r", "readQuorum");

  @Parameters(arity = "1..3", paramLabel = "n=N|w=N|r=N", description = "what to change")
  private List<String> settings = List.of();

  @Option(
      names = "--epoch",
      paramLabel = "EPOCH",
      description = "only if nobody has changed anything since this epoch")
  private @Nullable Long epoch;

  @Override
  void run(Server server) {
    require("--epoch", epoch, 0, Long.MAX_VALUE);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    if (epoch != null) {
      headers.put("If-Match", "\"" + epoch + "\"");
    }
    ConfigGetCommand.show(
        this,
        json(
            server.send(
                "PATCH",
                "/cluster/config",
                BodyPublishers.ofByteArray(body().toBuffer().getBytes()),
                headers)));
  }

  private JsonObject body() {
    JsonObject body = new JsonObject();
    for (String setting : settings) {
      if (!setting.matches("[nwr]=[0-9]{1,4}")) {
        throw new IllegalArgumentException(
            "'" + setting + "' is no setting, allowed: n=N, w=N, r=N with whole numbers");
      }
      body.put(NAMES.get(setting.substring(0, 1)), Integer.valueOf(setting.substring(2)));
    }
    return body;
  }
}
