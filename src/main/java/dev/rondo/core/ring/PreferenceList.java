package dev.rondo.core.ring;

import java.util.Arrays;
import java.util.List;

/**
 * All workers in the order in which the ring is met from one place on: the first N of them own the
 * keys there, the others stand in for owners that are away.
 */
public final class PreferenceList {

  private final int[] workers;

  PreferenceList(int[] workers) {
    this.workers = workers;
  }

  /** How many workers there are. */
  public int size() {
    return workers.length;
  }

  /** The worker at {@code rank}, 0 being the primary. */
  public int worker(int rank) {
    return workers[rank];
  }

  /** The rank of a worker, or -1 when it is no member. */
  public int rankOf(int worker) {
    for (int rank = 0; rank < workers.length; rank++) {
      if (workers[rank] == worker) {
        return rank;
      }
    }
    return -1;
  }

  /** Whether the worker is among the first {@code n}. */
  public boolean isOwner(int worker, int n) {
    int rank = rankOf(worker);
    return rank >= 0 && rank < n;
  }

  /** The first {@code n} workers. */
  public List<Integer> owners(int n) {
    Integer[] first = new Integer[Math.min(n, workers.length)];
    for (int rank = 0; rank < first.length; rank++) {
      first[rank] = workers[rank];
    }
    return List.of(first);
  }

  @Override
  public String toString() {
    return Arrays.toString(workers);
  }
}
