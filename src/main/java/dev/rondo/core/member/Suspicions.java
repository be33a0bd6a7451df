package dev.rondo.core.member;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * This worker's own opinion of which peers are out of reach. It is formed within milliseconds, from
 * the traffic itself, and asks nobody; the first sign of life ends it.
 *
 * <p>A peer is suspected when its connection is broken, or when it owes an answer and has been
 * silent for the limit. A check that comes late itself (this process was paused) convicts nobody.
 *
 * <p>The limit is what was configured, and grows with what the peer has lately shown to be usual
 * for it, up to {@value #PATIENCE_MAX} times as much: to go around peers that are merely slow would
 * give everybody more to do.
 */
public final class Suspicions {

  private static final int PATIENCE_MAX = 8;

  /** The limit is this many times the silence that is usual. */
  private static final double MARGIN = 2;

  private final long silenceMillis;
  private final Map<Integer, Silences> silences = new HashMap<>();
  private final Set<Integer> broken = new HashSet<>();
  private final Set<Integer> silent = new HashSet<>();
  private long lastCheck = Long.MIN_VALUE;

  /** Suspects a peer after {@code silenceMillis} without a word, unless it is often slower. */
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

  /**
   * A peer that owed an answer has spoken after so long. What lasted longer than any patience was a
   * stop, and says nothing of what is usual.
   */
  public void spoke(int peer, long silentMillis, long nowMillis) {
    if (silentMillis <= PATIENCE_MAX * silenceMillis) {
      silences.computeIfAbsent(peer, unknown -> new Silences()).ended(silentMillis, nowMillis);
    }
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
    long quiet = nowMillis - Math.max(owesSince, heardAt);
    return quiet >= silenceMillis
        && quiet >= patienceMillis(peer, nowMillis)
        && !suspects(peer)
        && silent.add(peer);
  }

  private long patienceMillis(int peer, long nowMillis) {
    Silences usual = silences.get(peer);
    return usual == null
        ? silenceMillis
        : Math.min(Math.round(MARGIN * usual.usualMillis(nowMillis)), PATIENCE_MAX * silenceMillis);
  }
}
