package dev.rondo.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rondo.config.ConfigDocument;
import dev.rondo.config.NodeConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the process of a worker, with its configuration in {@code node.json} of its folder. It
 * blocks.
 *
 * <p>The worker keeps its log itself, in {@code worker.log}, so that it can be rotated without
 * losing a line, and goes on when the controller is gone: a pipe would break then, and cutting a
 * file from outside loses what is written meanwhile. What java itself has to say, next to nothing,
 * is in {@code worker.out}.
 */
final class WorkerLauncher {
  private static final long OUTPUT_BYTES_MAX = 1 << 20;

  /** How the command of a worker is made from its configuration and the file that holds it. */
  interface Commands {
    List<String> of(NodeConfig worker, Path file, boolean plainly);
  }

  private final Commands commands;

  WorkerLauncher(Commands commands) {
    this.commands = commands;
  }

  Process launch(NodeConfig worker, boolean plainly) throws IOException {
    Path folder = Files.createDirectories(worker.folder());
    Path output = folder.resolve("worker.out");
    rotate(output);
    ProcessBuilder builder = new ProcessBuilder(commands.of(worker, describe(worker), plainly));
    // What the controller was told by variables stands in the file already, less its own ports.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("RONDO_") && !name.equals("RONDO_LOG_LEVEL"));
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  /** What stands there already is not written anew: on a full disk that would be its loss. */
  private static Path describe(NodeConfig worker) throws IOException {
    Path file = worker.folder().resolve("node.json");
    String text = ConfigDocument.of(worker).encodePrettily() + "\n";
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text.getBytes(UTF_8))) {
      return file;
    }
    Path draft = worker.folder().resolve("node.json.new");
    Files.writeString(draft, text);
    return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void rotate(Path output) throws IOException {
    if (Files.exists(output) && Files.size(output) > OUTPUT_BYTES_MAX) {
      Files.move(
          output, output.resolveSibling("worker.out.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
