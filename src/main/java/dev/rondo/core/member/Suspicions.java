package dev.rondo.core.member;

import java.util.HashSet;
import java.util.Set;

/**
 * This worker's own opinion of which peers are out of reach. It is formed within milliseconds, from
 * the traffic itself, and asks nobody; the first sign of life ends it.
 *
 * <p>A peer is suspected when its connection is broken, or when it owes an answer and has been
 * silent for the limit. A check that comes late itself (this process was paused) convicts nobody.
 */
public final class Suspicions {

  private final long silenceMillis;
  private final Set<Integer> broken = new HashSet<>();
  private final Set<Integer> silent = new HashSet<>();
  private long lastCheck = Long.MIN_VALUE;

  /** Suspects a peer after {@code silenceMillis} without a word. */
  public Suspicions(long silenceMillis) {
    this.silenceMillis = silenceMillis;
  }

  /** Whether requests should go elsewhere. */
  public boolean suspects(int peer) {
    return broken.contains(peer) || silent.contains(peer);
  }

  /** Everybody who is suspected now. */
  public Set<Integer> all() {
    Set<Integer> all = new HashSet<>(broken);
    all.addAll(silent);
    return Set.copyOf(all);
  }

  /** Everybody whose connection is down. */
  public Set<Integer> broken() {
    return Set.copyOf(broken);
  }

  /** The connection is down; returns whether that is news. */
  public boolean broke(int peer) {
    return broken.add(peer);
  }

  /** Something came from the peer, so it lives; returns whether that changes the opinion. */
  public boolean heard(int peer) {
    boolean before = suspects(peer);
    broken.remove(peer);
    silent.remove(peer);
    return before;
  }

  /** Starts a round of {@link #check}s; false when it comes too late to judge anybody. */
  public boolean mayJudge(long nowMillis) {
    boolean punctual = lastCheck == Long.MIN_VALUE || nowMillis - lastCheck <= silenceMillis;
    lastCheck = nowMillis;
    return punctual;
  }

  /**
   * Judges one peer; returns whether that changes the opinion.
   *
   * @param owesSince when the oldest unanswered request was sent
   * @param heardAt when anything last came from the peer
   */
  public boolean check(int peer, long owesSince, long heardAt, long nowMillis) {
    boolean quiet = nowMillis - Math.max(owesSince, heardAt) >= silenceMillis;
    return quiet && !suspects(peer) && silent.add(peer);
  }
}
