package dev.rondo.persistence;

import dev.rondo.core.record.Key;
import io.micrometer.core.instrument.Counter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys whose records were found damaged and not written anew since. Shared by the storage
 * threads; it forgets nothing it was told, but does not grow past a limit either.
 */
final class DamagedKeys {

  private static final Logger log = LoggerFactory.getLogger(DamagedKeys.class);
  private static final int MAX = 10_000;

  private final Set<Key> keys;
  private final Counter found;

  /** None are known yet. */
  DamagedKeys(Counter found) {
    this(found, ConcurrentHashMap.newKeySet());
  }

  /** Goes on with a set that others may add to as well. */
  DamagedKeys(Counter found, Set<Key> shared) {
    this.found = found;
    this.keys = shared;
  }

  /** For another one to go on with. */
  Set<Key> shared() {
    return keys;
  }

  /** A record of the key was read and is not intact. */
  void found(Key key, Exception reason) {
    found.increment();
    if (keys.size() < MAX && keys.add(key)) {
      log.warn(
          "Record is damaged and not served: key='{}' reason={}",
          key.printable(),
          reason.getMessage());
    }
  }

  /** Whether the key's record needs to be written again, even with the version that it has. */
  boolean contains(Key key) {
    return !keys.isEmpty() && keys.contains(key);
  }

  /** The key was written anew. */
  void healed(Key key) {
    if (!keys.isEmpty()) {
      keys.remove(key);
    }
  }
}
