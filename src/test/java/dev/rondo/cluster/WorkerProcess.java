package dev.rondo.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker: its process, as often as it is started, and its log. */
final class WorkerProcess {

  private static final int SHOWN_LINES = 80;

  /** Small and quick to start: what is tested is what survives, not how fast. */
  private static final List<String> JAVA_OPTIONS =
      List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final int id;
  private final List<String> flags;
  private final Path log;
  private @Nullable Process process;

  WorkerProcess(int id, List<String> flags, Path log) {
    this.id = id;
    this.flags = List.copyOf(flags);
    this.log = log;
  }

  void start() {
    if (isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(archiveOptions(jar()));
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(flags);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends it as the system's out-of-memory killer would. */
  void kill9() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd(process);
    }
  }

  /** Asks it to end, and makes it when it takes too long; returns its exit code. */
  int terminate() {
    if (process == null) {
      throw new IllegalStateException("worker " + id + " was not started");
    }
    process.destroy();
    if (!awaitEnd(process)) {
      kill9();
      throw new IllegalStateException("worker " + id + " did not stop within 30 s");
    }
    return process.exitValue();
  }

  /** Sends a signal such as STOP or CONT. */
  void signal(String name) {
    if (process == null) {
      return;
    }
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " of worker " + id + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The end of what it said. */
  String lastWords() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
      return "---- worker %d (%s)%n%s".formatted(id, log, String.join("\n", last));
    } catch (IOException e) {
      return "---- worker " + id + ": " + e;
    }
  }

  private static Path jar() {
    String jar = System.getProperty("rondo.jar", "target/rondo.jar");
    if (!Files.isRegularFile(Path.of(jar))) {
      throw new IllegalStateException(jar + " is missing: mvn package makes it");
    }
    return Path.of(jar).toAbsolutePath();
  }

  /**
   * Those that use the archive of classes which the build makes beside the jar, as {@code run.sh}
   * does: a start takes half the processor time with it. Its name says when the jar was made, and
   * ends with its size.
   */
  private static List<String> archiveOptions(Path jar) {
    try {
      String prefix = "rondo-" + Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS) + "-";
      try (DirectoryStream<Path> archives =
          Files.newDirectoryStream(jar.getParent(), prefix + "*.jsa")) {
        for (Path archive : archives) {
          if (archive.toString().endsWith("-" + Files.size(archive) + ".jsa")) {
            return List.of("-Xlog:cds*=off", "-XX:SharedArchiveFile=" + archive);
          }
        }
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean awaitEnd(Process process) {
    try {
      return process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
