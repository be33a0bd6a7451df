package dev.rondo.core.digest;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What two workers held of some keys when they were looked at, and again a moment later. A write
 * under way has reached one of them only; by the second look it has reached both.
 */
public final class Looks {

  private Looks() {}

  /** What was held of a key; {@code ripe} when it is a tombstone that others need not have. */
  public record Held(Version version, boolean ripe) {}

  /** One look at both. */
  public record Look(Map<Key, Held> mine, Map<Key, Held> theirs) {}

  /**
   * What still differs: where the one lacks at the second look what the other had at the first one.
   * Once that has moved, each holds all that the other held at the first look, or newer. Ripe
   * tombstones are left out of it where the other side has nothing at all.
   */
  public static Differences settle(Look first, Look second) {
    return new Differences(
        lacking(first.theirs(), second.theirs(), second.mine()),
        lacking(first.mine(), second.mine(), second.theirs()));
  }

  private static List<Key> lacking(
      Map<Key, Held> held, Map<Key, Held> heldLater, Map<Key, Held> other) {
    List<Key> lacking = new ArrayList<>();
    held.forEach(
        (key, had) -> {
          Held there = other.get(key);
          boolean lacks = there == null || had.version().isAfter(there.version());
          if (lacks && !(there == null && isRipe(had, heldLater.get(key)))) {
            lacking.add(key);
          }
        });
    return lacking;
  }

  private static boolean isRipe(Held had, @Nullable Held later) {
    return had.ripe() || (later != null && later.ripe());
  }
}
