package dev.rondo.controller;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.NodeFolder;
import dev.rondo.config.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The processes that end with a controller: those that it has started, and those it found. */
public final class SupervisedProcesses {

  private SupervisedProcesses() {}

  /** All that live now, in no order; of a worker its children, of which it has none. */
  public static Stream<ProcessHandle> of(NodeConfig config) {
    Stream<ProcessHandle> started = ProcessHandle.current().children();
    if (config.role() != Role.CONTROLLER) {
      return started;
    }
    WorkerCommand command = new WorkerCommand(config);
    Stream<ProcessHandle> found =
        IntStream.range(0, config.supervisor().workers())
            .mapToObj(id -> holder(command.config(id).folder()))
            .flatMap(Optional::stream);
    return Stream.concat(started, found).distinct();
  }

  private static Optional<ProcessHandle> holder(Path folder) {
    try {
      var pid = NodeFolder.isHeld(folder) ? NodeFolder.holder(folder) : OptionalLong.empty();
      return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
