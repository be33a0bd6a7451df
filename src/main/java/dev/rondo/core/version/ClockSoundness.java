package dev.rondo.core.version;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a clock of this worker agrees with the same clock of its peers.
 *
 * <p>Every exchange with a peer yields an estimate of how far the peer's clock is ahead. The clock
 * is unsound when the median of all estimates (its own zero among them) is further off than
 * allowed: then it is this one that is wrong, and not one of them.
 */
public final class ClockSoundness {

  /** How long a worker waits for more peers that could contradict its clock. */
  private static final long PATIENCE_MILLIS = 2_000;

  private final long maxDriftMillis;
  private final Map<Integer, Long> aheadMillis = new HashMap<>();
  private boolean confirmed;

  /** Tolerates up to {@code maxDriftMillis} of difference. */
  public ClockSoundness(long maxDriftMillis) {
    this.maxDriftMillis = maxDriftMillis;
  }

  /** The peer's clock was this far ahead of ours (negative: behind), round trip taken out. */
  public void observed(int peer, long peerAheadMillis) {
    aheadMillis.put(peer, peerAheadMillis);
  }

  /**
   * The peer is no member any more. One that is merely out of reach is not forgotten: a wrong clock
   * does not become right by losing sight of those who know better.
   */
  public void forget(int peer) {
    aheadMillis.remove(peer);
  }

  /** Our own clock was set forward by this much (negative: back). */
  public void moved(long byMillis) {
    aheadMillis.replaceAll((peer, ahead) -> ahead - byMillis);
  }

  /** Whether enough peers have agreed with this clock once; see {@link #mayStamp}. */
  public boolean isConfirmed() {
    return confirmed;
  }

  /** How far each peer was ahead when it was last compared with. */
  Map<Integer, Long> aheadMillis() {
    return Collections.unmodifiableMap(aheadMillis);
  }

  /** How far the peers' common time is ahead of ours, in milliseconds. */
  public long offsetMillis() {
    long[] all = new long[aheadMillis.size() + 1];
    int i = 0;
    for (long ahead : aheadMillis.values()) {
      all[i++] = ahead;
    }
    Arrays.sort(all);
    // The lower and the upper median enclose the truth; the one nearer to our own clock is kept,
    // so that of two workers neither convicts itself on the word of the other.
    long lower = all[(all.length - 1) / 2];
    long upper = all[all.length / 2];
    return Math.abs(lower) < Math.abs(upper) ? lower : upper;
  }

  /** Whether this worker's clock may be believed; true as long as nothing speaks against it. */
  public boolean isSound() {
    return isTolerable(offsetMillis());
  }

  /**
   * Whether this worker may stamp writes by its own clock. For that a majority of the members has
   * to agree with it once; or, where too few are there, most of those that are, after some
   * patience. Whoever has heard no peer needs somebody else's word. A version from the far future
   * stays, and nothing can be written over it until then.
   *
   * @param members of the cluster, this worker included
   * @param runningMillis since this worker started
   * @param vouched somebody who is no peer agrees with this clock, which counts as long as there is
   *     no peer
   */
  public boolean mayStamp(int members, long runningMillis, boolean vouched) {
    boolean patient = runningMillis >= PATIENCE_MILLIS;
    if (aheadMillis.isEmpty() && !confirmed && members > 1) {
      return patient && vouched;
    }
    if (!confirmed) {
      long agreeing = 1 + aheadMillis.values().stream().filter(this::isTolerable).count();
      boolean most = patient && agreeing > 1 && 2 * agreeing > aheadMillis.size() + 1;
      confirmed = most || agreeing > members / 2;
    }
    return confirmed && isSound();
  }

  /** Whether two clocks may differ by so much. */
  boolean isTolerable(long differenceMillis) {
    return Math.abs(differenceMillis) <= maxDriftMillis;
  }
}
