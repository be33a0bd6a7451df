package dev.rondo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo export}: keys with their values, one JSON object a line, in key order. */
@Command(
    name = "export",
    description = "Writes keys and values in order, one JSON object a line (value in base64).")
final class ExportCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BUFFER = 256 << 10;

  private final OutputStream output;

  @Mixin private KeyRange range = new KeyRange();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "where to; FILE.part until it is complete; - (as without it) for the output")
  private String file = "";

  @Option(names = "--resume", description = "goes on where an export to FILE was interrupted")
  private boolean resume;

  private long keys;
  private long bytes;

  ExportCommand(OutputStream output) {
    this.output = output;
  }

  @Override
  void run(Server server) throws IOException {
    if (!file.equals("-")) {
      toFile(server, new ExportFile(Path.of(file)));
      return;
    }
    if (resume) {
      throw new IllegalArgumentException("--resume needs a FILE to go on with");
    }
    write(server, "", new BufferedOutputStream(output, BUFFER));
  }

  private void toFile(Server server, ExportFile target) throws IOException {
    try (OutputStream out = new BufferedOutputStream(target.open(resume), BUFFER)) {
      if (!target.lastKey().isEmpty() && !range.contains(target.lastKey())) {
        throw new IllegalArgumentException(
            "FILE ends with a key outside of the range; it was exported with other flags");
      }
      write(server, target.lastKey(), out);
    } catch (IOException | RuntimeException failed) {
      target.dropIfEmpty();
      throw failed;
    }
    target.complete();
  }

  private void write(Server server, String behind, OutputStream out) throws IOException {
    ProgressLine progress = new ProgressLine(err(), Terminal.isStandardError(), "exported");
    long expected = behind.isEmpty() && range.isEverything() ? KeyTotal.of(server) : -1;
    KeyPages pages = new KeyPages(server, new Patience(PATIENCE), range, true, behind);
    try {
      while (pages.hasNext()) {
        write(pages.next(KeyPages.LIMIT_MAX), out);
        progress.at(keys, bytes, expected <= 0 ? -1 : (double) keys / expected);
      }
    } finally {
      // What is written whole can be resumed behind.
      out.flush();
      progress.end();
    }
    summary(progress);
  }

  private void write(JsonArray items, OutputStream out) throws IOException {
    for (Object one : items) {
      JsonObject item = (JsonObject) one;
      out.write(item.encode().getBytes(StandardCharsets.UTF_8));
      out.write('\n');
      keys++;
      bytes += item.getLong("size");
    }
  }

  /** Not on the output, where the keys are. */
  private void summary(ProgressLine progress) {
    JsonObject json = new JsonObject().put("keys", keys).put("bytes", bytes);
    if (file.equals("-")) {
      err().println("exported " + progress.summary(keys, bytes));
      err().flush();
    } else if (isJson()) {
      show(json.put("file", file).put("seconds", progress.seconds()));
    } else {
      out().println("exported " + progress.summary(keys, bytes) + " to " + file);
      out().flush();
    }
  }
}
