package dev.rondo.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the test with a list of words. */
final class WordsOptions {

  @Option(
      names = "--words",
      paramLabel = "FILE",
      description =
          "Instead of load: write every line as a key through random targets, read all of it back"
              + " from every target, e.g. /usr/share/dict/words")
  private @Nullable Path file;

  @Option(
      names = "--check-placement",
      description = "Then ask every target what it holds: each key on exactly its owners?")
  private boolean checkPlacement;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Owners a key, for --check-placement (3)")
  private int replicationFactor = 3;

  @Option(
      names = "--vnodes",
      paramLabel = "N",
      description = "Virtual nodes a worker, for --check-placement (10)")
  private int vnodes = 10;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long the last copies may take to arrive, for --check-placement (30s)")
  private Duration settle = Duration.ofSeconds(30);

  @Nullable Path file() {
    return file;
  }

  boolean checksPlacement() {
    return checkPlacement;
  }

  int replicationFactor() {
    return replicationFactor;
  }

  int vnodes() {
    return vnodes;
  }

  Duration settle() {
    return settle;
  }
}
