package dev.rondo.bus;

import java.util.List;

/**
 * Which tombstones are known to be of no use any more. Takes the place of what was said before.
 *
 * @param epoch of the settled state by which that is so
 */
public record Ripening(long epoch, List<Part> parts) {

  public Ripening {
    parts = List.copyOf(parts);
  }

  /**
   * The tombstones in a part of the ring.
   *
   * @param from the position before it; it goes to {@code to}, over the end of the ring if need be
   * @param ripeMillis those made up to then are ripe: nobody who lacks one needs to be sent it
   * @param purgeMillis those made up to then may go
   * @param sinceMillis only what has been held since before then, in millis of {@link
   *     System#nanoTime}
   */
  public record Part(long from, long to, long ripeMillis, long purgeMillis, long sinceMillis) {}
}
