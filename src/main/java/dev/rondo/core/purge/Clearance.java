package dev.rondo.core.purge;

import java.util.List;

/**
 * What a member said of itself when it was asked what stands in the way of purging.
 *
 * @param askedMillis when it was asked, by the asker's clock that is never set
 * @param startedMillis when its process started, by the time by which it stamps
 * @param fit it holds all that it should, has caught up, and goes by the asker's settled state
 * @param clean it holds no copies that it does not own
 * @param hints that wait there, for anybody
 * @param ripe for each arc of the ring up to which time tombstones are ripe there; 0 for none
 */
public record Clearance(
    long askedMillis, long startedMillis, boolean fit, boolean clean, long hints, List<Long> ripe) {

  public Clearance {
    ripe = List.copyOf(ripe);
  }
}
