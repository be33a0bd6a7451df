package dev.rondo.core.version;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether this worker's wall clock agrees with its peers'.
 *
 * <p>Every exchange with a peer yields an estimate of how far the peer's clock is ahead. The clock
 * is unsound when the median of all estimates (its own zero among them) is further off than
 * allowed: then it is this one that is wrong, and not one of them.
 */
public final class ClockSoundness {

  private final long maxDriftMillis;
  private final Map<Integer, Long> aheadMillis = new HashMap<>();

  /** Tolerates up to {@code maxDriftMillis} of difference. */
  public ClockSoundness(long maxDriftMillis) {
    this.maxDriftMillis = maxDriftMillis;
  }

  /** The peer's clock was this far ahead of ours (negative: behind), round trip taken out. */
  public void observed(int peer, long peerAheadMillis) {
    aheadMillis.put(peer, peerAheadMillis);
  }

  /** The peer is out of reach; its last estimate says nothing any more. */
  public void forget(int peer) {
    aheadMillis.remove(peer);
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

  /** Whether this worker may stamp writes by its own clock. */
  public boolean isSound() {
    return Math.abs(offsetMillis()) <= maxDriftMillis;
  }

  /** The time by which to judge others: our own, or theirs when ours is wrong. */
  public long trustedMillis(long nowMillis) {
    return isSound() ? nowMillis : nowMillis + offsetMillis();
  }

  /** Whether a version lies too far in the future to be taken in. */
  public boolean isTooFarAhead(Version version, long nowMillis) {
    return version.millis() - trustedMillis(nowMillis) > maxDriftMillis;
  }
}
