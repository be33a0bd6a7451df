package dev.rondo.cli;

import dev.rondo.config.Amendment;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo redeploy}. */
@Command(
    name = "redeploy",
    description = {
      "Replaces a verticle while the nodes run: on all workers, one after the other, unless"
          + " something else is said."
    })
final class RedeployCommand extends ClientCommand {

  @Parameters(paramLabel = "NAME", description = "the verticle, such as router")
  private String name = "";

  @Option(names = "--worker", paramLabel = "ID", description = "on this worker only")
  private @Nullable Integer worker;

  @Option(names = "--all", description = "on all workers (what happens anyway)")
  private boolean all;

  @Option(names = "--node", description = "on the node at --url itself, such as the controller")
  private boolean node;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "code from this jar in redeploy.jarDirectory (the code that runs)")
  private @Nullable String jar;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "a setting of the verticle, such as timeouts.hedgeMillis=30; repeatable")
  private List<String> settings = List.of();

  @Override
  void run(Server server) throws InterruptedException {
    JsonObject body = new JsonObject();
    String file = jar;
    if (file != null) {
      body.put("jar", located(file));
    }
    if (!settings.isEmpty()) {
      body.put("config", nested(Assignments.of(settings)));
    }
    if (all && (worker != null || node)) {
      throw new IllegalArgumentException("--all is for all workers, not for one");
    }
    new Replacing(this, server, name, worker, node).run("redeploy", body);
  }

  /** {@code {"timeouts":{"hedgeMillis":30}}}; what looks like a number is one. */
  private static JsonObject nested(Map<String, String> settings) {
    JsonObject config = new JsonObject();
    settings.forEach(
        (key, text) -> {
          Amendment.check(key);
          int dot = key.indexOf('.');
          Object value = text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : text;
          group(config, key.substring(0, dot)).put(key.substring(dot + 1), value);
        });
    return config;
  }

  private static JsonObject group(JsonObject config, String name) {
    JsonObject known = config.getJsonObject(name);
    JsonObject group = known == null ? new JsonObject() : known;
    config.put(name, group);
    return group;
  }

  /** A path from here means nothing to the node; a bare name is one in its folder. */
  private static String located(String jar) {
    Path path = Path.of(jar);
    return path.getNameCount() > 1 && Files.exists(path)
        ? path.toAbsolutePath().normalize().toString()
        : jar;
  }
}
