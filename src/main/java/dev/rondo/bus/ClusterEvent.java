package dev.rondo.bus;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the cluster, for people to read.
 *
 * @param kind a stable word for programs, such as {@code worker_offline}
 * @param worker whom it is about; null when it is about nobody in particular
 * @param text one sentence
 */
public record ClusterEvent(String kind, Level level, @Nullable Integer worker, String text) {

  /** How bad it is. */
  public enum Level {
    INFO,
    /** Degraded, and being handled. */
    WARN,
    /** A person must act. */
    ERROR
  }
}
