package dev.rondo.bus;

import java.util.List;

/**
 * An exchange between this worker and a peer has come to its end, in some arcs of the ring. For
 * each arc that ended equal: whatever this worker held in it when the exchange began, the peer held
 * at the end, in that version or a newer one; and the other way round.
 *
 * <p>Left out of that are tombstones which either side called ripe: they are known to be
 * everywhere, and need not be where they are missing.
 *
 * @param epoch of the state by which both sides went
 * @param beganMillis the time of this worker, before anything was read; it may adopt another one
 * @param beganNanos the same moment by {@link System#nanoTime} of this process
 */
public record Exchanged(int peer, long epoch, long beganMillis, long beganNanos, List<Arc> arcs) {

  public Exchanged {
    arcs = List.copyOf(arcs);
  }

  /**
   * The positions behind {@code from} up to {@code to}, over the end of the ring if need be. All of
   * them have the same owners. Where both are the same, it is the whole ring.
   *
   * @param equal whether both sides ended equal in it
   */
  public record Arc(long from, long to, boolean equal) {}
}
