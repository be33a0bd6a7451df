package dev.rondo.controller;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a worker: this very program, with the same java. */
final class WorkerCommand {
  private static final String MAIN = "dev.rondo.Rondo";

  private WorkerCommand() {}

  /** For a worker whose configuration stands in {@code file}. */
  static List<String> of(List<String> javaOptions, int worker, Path file) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(program());
    command.addAll(List.of("--role", "worker", "--id", String.valueOf(worker)));
    command.addAll(List.of("--conf", file.toString()));
    return command;
  }

  /** The jar that this class is in; while developing, the class path. */
  private static List<String> program() {
    try {
      var source = WorkerCommand.class.getProtectionDomain().getCodeSource();
      Path place = Path.of(source.getLocation().toURI());
      return place.toString().endsWith(".jar")
          ? List.of("-jar", place.toString())
          : List.of("-cp", System.getProperty("java.class.path"), MAIN);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where is this program?", e);
    }
  }
}
