package dev.rondo.controller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.OptionalLong;

/** A worker that this controller has started. */
final class ChildProcess implements WorkerProcess {

  private final Process process;
  private final Promise<String> exit = Promise.promise();

  /** Made on the context on which the exit is to be told. */
  ChildProcess(Vertx vertx, Process process) {
    this.process = process;
    var context = vertx.getOrCreateContext();
    var unused =
        process
            .onExit()
            .thenAccept(
                gone ->
                    context.runOnContext(
                        now -> exit.complete("exit=" + gone.exitValue() + " pid=" + gone.pid())));
  }

  @Override
  public Future<String> exit() {
    return exit.future();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public void terminate() {
    process.destroy();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "pid=" + process.pid();
  }
}
