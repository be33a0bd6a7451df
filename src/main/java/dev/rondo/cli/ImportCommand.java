package dev.rondo.cli;

import dev.rondo.cli.Importing.Line;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo import}: stores the lines of an export. */
@Command(
    name = "import",
    description = "Stores what rondo export wrote. Each line is a new write of its key.")
final class ImportCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LINES = 512;
  private static final int BYTES = 4 << 20;
  private static final int CONCURRENCY_MAX = 256;

  private final InputStream input;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "where from; - (as without it) for the input")
  private String file = "";

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "16",
      description = "writes under way at a time (16)")
  private int concurrency;

  @Option(names = "--resume", description = "goes on where an import of FILE was interrupted")
  private boolean resume;

  @Option(names = "--only-new", description = "leaves alone keys that exist")
  private boolean onlyNew;

  private long keys;
  private long bytes;
  private long skipped;

  ImportCommand(InputStream input) {
    this.input = input;
  }

  @Override
  void run(Server server) throws IOException {
    require("--concurrency", concurrency, 1, CONCURRENCY_MAX);
    ProgressLine progress = new ProgressLine(err(), Terminal.isStandardError(), "imported");
    try (Importing importing =
        new Importing(server, new Patience(PATIENCE), concurrency, onlyNew)) {
      if (!file.equals("-")) {
        fromFile(importing, Path.of(file), progress);
      } else if (resume) {
        throw new IllegalArgumentException("--resume needs a FILE to go on with");
      } else {
        store(importing, new Lines(input, 0, 0), null, 0, progress);
      }
    } finally {
      progress.end();
    }
    summary(progress);
  }

  private void fromFile(Importing importing, Path path, ProgressLine progress) throws IOException {
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("FILE is '" + path + "', allowed: a file to read");
    }
    ImportMark mark = new ImportMark(path);
    if (!resume) {
      // What another import left there is not where this one will have come.
      mark.clear();
    }
    ImportMark.Place place = mark.read();
    try (InputStream in = Files.newInputStream(Folders.refuse(path))) {
      in.skipNBytes(place.offset());
      Lines lines = new Lines(in, place.offset(), place.lines());
      store(importing, lines, mark, Files.size(path), progress);
    }
    mark.clear();
  }

  private void store(
      Importing importing, Lines lines, @Nullable ImportMark mark, long size, ProgressLine progress)
      throws IOException {
    List<Line> batch = next(lines);
    while (!batch.isEmpty()) {
      List<Line> stored = importing.store(batch);
      keys += stored.size();
      skipped += batch.size() - stored.size();
      bytes += stored.stream().mapToLong(line -> line.value().length()).sum();
      if (mark != null) {
        mark.write(new ImportMark.Place(lines.offset(), lines.number()));
      }
      progress.at(keys, bytes, size == 0 ? -1 : (double) lines.offset() / size);
      batch = next(lines);
    }
  }

  private static List<Line> next(Lines lines) throws IOException {
    List<Line> batch = new ArrayList<>();
    long held = 0;
    while (batch.size() < LINES && held < BYTES) {
      byte[] text = lines.next();
      if (text == null) {
        break;
      }
      if (text.length > 0) {
        batch.add(Line.of(text, lines.number()));
        held += text.length;
      }
    }
    return batch;
  }

  private void summary(ProgressLine progress) {
    if (isJson()) {
      show(
          new JsonObject()
              .put("keys", keys)
              .put("skipped", skipped)
              .put("bytes", bytes)
              .put("seconds", progress.seconds()));
    } else {
      String left = onlyNew ? ", %d existed and were left alone".formatted(skipped) : "";
      out().println("imported " + progress.summary(keys, bytes) + left);
      out().flush();
    }
  }
}
