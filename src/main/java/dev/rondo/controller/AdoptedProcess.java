package dev.rondo.controller;

import dev.rondo.config.NodeFolder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker that another process has started and that holds its folder.
 *
 * <p>The folder's lock says that it lives, not the process table: there, whoever nobody waits for
 * lingers after its death.
 */
final class AdoptedProcess implements WorkerProcess {
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Vertx vertx;
  private final Path folder;
  private final OptionalLong pid;
  private final Promise<String> exit = Promise.promise();

  AdoptedProcess(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
    this.pid = NodeFolder.holder(folder);
    look();
  }

  @Override
  public Future<String> exit() {
    return exit.future();
  }

  @Override
  public OptionalLong pid() {
    return pid;
  }

  @Override
  public void terminate() {
    holder().ifPresent(ProcessHandle::destroy);
  }

  @Override
  public void kill() {
    holder().ifPresent(ProcessHandle::destroyForcibly);
  }

  @Override
  public String toString() {
    return holder().map(process -> "pid=" + process.pid()).orElse("pid=?");
  }

  private Optional<ProcessHandle> holder() {
    var pid = NodeFolder.holder(folder);
    return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
  }

  /** A look that fails (too many open files, say) is no proof of death. */
  private void look() {
    vertx
        .executeBlocking(() -> NodeFolder.isHeld(folder), false)
        .otherwise(true)
        .onSuccess(
            held -> {
              if (held) {
                vertx.setTimer(LOOK_EVERY_MILLIS, timer -> look());
              } else {
                exit.tryComplete("adopted=true");
              }
            });
  }
}
