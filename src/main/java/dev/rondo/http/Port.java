package dev.rondo.http;

import io.vertx.core.Future;

/** A port of the node, which other processes reach while it is open. */
public interface Port {

  /** Lets them in. */
  Future<?> open();

  /** Lets nobody in any more, and completes when those who were in have left. */
  Future<?> close();
}
