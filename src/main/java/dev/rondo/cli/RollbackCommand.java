package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo rollback}. */
@Command(
    name = "rollback",
    description = "Brings back the code and the settings that a verticle had before.")
final class RollbackCommand extends ClientCommand {

  @Parameters(paramLabel = "NAME", description = "the verticle, such as router")
  private String name = "";

  @Option(names = "--worker", paramLabel = "ID", description = "on this worker only")
  private @Nullable Integer worker;

  @Option(names = "--all", description = "on all workers (what happens anyway)")
  private boolean all;

  @Option(names = "--node", description = "on the node at --url itself, such as the controller")
  private boolean node;

  @Override
  void run(Server server) throws InterruptedException {
    if (all && (worker != null || node)) {
      throw new IllegalArgumentException("--all is for all workers, not for one");
    }
    new Replacing(this, server, name, worker, node).run("rollback", new JsonObject());
  }
}
