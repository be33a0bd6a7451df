package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rondo restart}. */
@Command(name = "restart", description = "Stops a worker cleanly and starts it again.")
final class RestartCommand extends ClientCommand {

  @Parameters(paramLabel = "ID", description = "the worker")
  private int worker;

  @Override
  void run(Server server) {
    JsonObject answer =
        write(server, "POST", "/cluster/workers/" + worker + "/restart", new JsonObject());
    if (isJson()) {
      show(answer);
    } else {
      out().println("Worker " + worker + " is restarting");
      out().flush();
    }
  }
}
