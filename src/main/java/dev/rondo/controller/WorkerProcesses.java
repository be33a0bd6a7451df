package dev.rondo.controller;

import io.vertx.core.Future;
import java.util.Optional;

/** Where workers' processes come from. Everything here may be called on an event loop. */
interface WorkerProcesses {

  /** The process of this worker that runs already, if there is one. */
  Future<Optional<WorkerProcess>> find(int worker);

  /**
   * Starts a process.
   *
   * @param plainly without anything that only makes the start quicker
   */
  Future<WorkerProcess> launch(int worker, boolean plainly);

  /** Whether the worker serves. */
  Future<Boolean> isReady(int worker);
}
