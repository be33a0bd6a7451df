package dev.rondo.bus;

import java.util.Set;

/** The peers that this worker holds for unreachable at the moment: a local opinion. */
public record Reachability(Set<Integer> suspected) {

  public Reachability {
    suspected = Set.copyOf(suspected);
  }

  /** Whether requests may be sent to the worker. */
  public boolean isReachable(int worker) {
    return !suspected.contains(worker);
  }

  /** Asks for the present opinion. */
  public enum Ask {
    NOW
  }
}
