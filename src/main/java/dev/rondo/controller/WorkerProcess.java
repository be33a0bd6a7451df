package dev.rondo.controller;

import io.vertx.core.Future;
import java.util.OptionalLong;

/** A worker's process that runs, or ran. */
interface WorkerProcess {

  /** Completes, on the supervisor's context, when the process is gone; says how it ended. */
  Future<String> exit();

  /** Its number, where that is known. */
  default OptionalLong pid() {
    return OptionalLong.empty();
  }

  /** Asks it to stop cleanly. */
  void terminate();

  /** Ends it at once. */
  void kill();

  /** Whether this controller may stop and start it. */
  default boolean isSupervised() {
    return true;
  }
}
