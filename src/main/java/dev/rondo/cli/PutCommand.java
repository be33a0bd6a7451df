package dev.rondo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo put}: stores a value. */
@Command(name = "put", description = "Stores a value under a key.")
final class PutCommand extends ClientCommand {

  private final InputStream input;

  @Parameters(index = "0", paramLabel = "KEY", description = "the key")
  private String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      defaultValue = "-",
      description = "the value; @FILE for a file's content, - (as without it) for the input")
  private String value = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "application/octet-stream",
      description = "its media type (application/octet-stream)")
  private String type = "";

  @Option(names = "--w", paramLabel = "N", description = "copies to wait for")
  private @Nullable Integer w;

  PutCommand(InputStream input) {
    this.input = input;
  }

  @Override
  void run(Server server) throws IOException {
    Writes.show(
        this,
        json(
            server.send(
                "PUT",
                Writes.path(key, w),
                BodyPublishers.ofByteArray(bytes()),
                Map.of("Content-Type", type))));
  }

  private byte[] bytes() throws IOException {
    if (value.equals("-")) {
      return input.readAllBytes();
    }
    if (!value.startsWith("@")) {
      return value.getBytes(StandardCharsets.UTF_8);
    }
    Path file = Path.of(value.substring(1));
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("VALUE is '" + value + "', allowed: @ and a file to read");
    }
    return Files.readAllBytes(Folders.refuse(file));
  }
}
