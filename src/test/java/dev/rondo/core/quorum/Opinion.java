package dev.rondo.core.quorum;

import java.util.Set;

/** A coordinator that thinks so of the others. */
record Opinion(Set<Integer> down, Set<Integer> silent) implements Reach {

  @Override
  public boolean isReachable(int worker) {
    return mayBeReachable(worker) && !silent.contains(worker);
  }

  @Override
  public boolean mayBeReachable(int worker) {
    return !down.contains(worker);
  }
}
