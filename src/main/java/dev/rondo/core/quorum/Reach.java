package dev.rondo.core.quorum;

/** What the coordinator thinks of the other workers at the moment. */
@FunctionalInterface
public interface Reach {

  /** Whether the worker is worth asking now. */
  boolean isReachable(int worker);

  /**
   * Whether something can be sent to it at all. A worker that is merely silent may be slow, like
   * everybody on a busy machine.
   */
  default boolean mayBeReachable(int worker) {
    return isReachable(worker);
  }
}
