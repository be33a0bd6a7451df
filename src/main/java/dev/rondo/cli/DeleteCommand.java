package dev.rondo.cli;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo del}: deletes a key; one that does not exist is deleted too. */
@Command(name = "del", description = "Deletes a key.")
final class DeleteCommand extends ClientCommand {

  @Parameters(paramLabel = "KEY", description = "the key")
  private String key = "";

  @Option(names = "--w", paramLabel = "N", description = "copies of the deletion to wait for")
  private @Nullable Integer w;

  @Override
  void run(Server server) {
    Writes.show(
        this, json(server.send("DELETE", Writes.path(key, w), BodyPublishers.noBody(), Map.of())));
  }
}
