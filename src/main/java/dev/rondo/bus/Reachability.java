package dev.rondo.bus;

import java.util.Set;

/**
 * What this worker thinks of its peers at the moment: a local opinion.
 *
 * @param suspected better passed over while others will do: away, or just silent
 * @param away without a connection, so that nothing can be sent to them at all
 * @param recovering they were away themselves and have not caught up: better read last
 */
public record Reachability(Set<Integer> suspected, Set<Integer> away, Set<Integer> recovering) {

  public Reachability {
    suspected = Set.copyOf(suspected);
    away = Set.copyOf(away);
    recovering = Set.copyOf(recovering);
  }

  /** Nobody is recovering. */
  public Reachability(Set<Integer> suspected, Set<Integer> away) {
    this(suspected, away, Set.of());
  }

  /** Everybody who is suspected is away, and nobody is recovering. */
  public Reachability(Set<Integer> suspected) {
    this(suspected, suspected);
  }

  /** Whether requests should be sent to the worker. */
  public boolean isReachable(int worker) {
    return !suspected.contains(worker);
  }

  /**
   * Whether requests may be sent to the worker when there are not enough others. A busy machine is
   * silent for a moment too; that alone is no reason to refuse a client.
   */
  public boolean mayBeReachable(int worker) {
    return !away.contains(worker);
  }

  /** Whether the worker said that it has not caught up since it was away. */
  public boolean isRecovering(int worker) {
    return recovering.contains(worker);
  }

  /** Asks for the present opinion. */
  public enum Ask {
    NOW
  }
}
