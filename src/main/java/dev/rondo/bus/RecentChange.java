package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;

/**
 * A key that changed on this worker not long ago.
 *
 * @param size bytes of the value
 * @param atMillis when it was stored here
 */
public record RecentChange(Key key, Version version, long size, boolean tombstone, long atMillis) {

  /** How many of them are remembered. */
  public static final int MAX = 8;
}
