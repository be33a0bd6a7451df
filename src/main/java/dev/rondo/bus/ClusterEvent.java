package dev.rondo.bus;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the cluster, for people to read.
 *
 * @param kind a stable word for programs, such as {@code worker_offline}; that of an {@link
 *     EventKind}, unless it is from another version of this program
 * @param worker whom it is about; null when it is about nobody in particular
 * @param text one sentence
 */
public record ClusterEvent(String kind, Level level, @Nullable Integer worker, String text) {

  /** An event that is as bad as its kind usually is. */
  public ClusterEvent(EventKind kind, @Nullable Integer worker, String text) {
    this(kind, kind.level(), worker, text);
  }

  /** An event of a kind whose level depends on what has happened. */
  public ClusterEvent(EventKind kind, Level level, @Nullable Integer worker, String text) {
    this(kind.word(), level, worker, text);
    if (!kind.canBe(level)) {
      throw new IllegalArgumentException(kind + " cannot be " + level);
    }
  }

  /** How bad it is. */
  public enum Level {
    INFO,
    /** Degraded, and being handled. */
    WARN,
    /** A person must act. */
    ERROR
  }
}
