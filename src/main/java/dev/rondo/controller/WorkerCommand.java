package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.SupervisedWorker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the workers of this machine are started with. */
final class WorkerCommand {

  private final NodeConfig controller;
  private final Optional<ClassArchive> archive;

  WorkerCommand(NodeConfig controller) {
    this.controller = controller;
    Path folder = controller.folder().toAbsolutePath();
    this.archive = Program.jar().map(jar -> new ClassArchive(jar, folder));
  }

  /** The archive of classes, which there is for a jar alone. */
  Optional<ClassArchive> archive() {
    return archive;
  }

  /** The configuration of one of them. */
  NodeConfig config(int id) {
    return SupervisedWorker.of(controller, id, Runtime.getRuntime().availableProcessors());
  }

  /** Starts their processes. */
  WorkerLauncher launcher() {
    return new WorkerLauncher(this::line);
  }

  private List<String> line(NodeConfig worker, Path file, boolean plainly) {
    List<String> options = new ArrayList<>();
    archive.filter(any -> !plainly).map(ClassArchive::options).ifPresent(options::addAll);
    options.addAll(controller.supervisor().javaOptions());
    return Program.worker(options, worker.id(), file);
  }
}
