package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys whose records were found damaged and not written anew since. Shared by the storage
 * threads; it forgets nothing it was told, but does not grow past a limit either: what is left out
 * is found again.
 */
final class DamagedKeys {

  private static final Logger log = LoggerFactory.getLogger(DamagedKeys.class);
  private static final int MAX = 10_000;

  private final NavigableSet<Key> keys;
  private final Counter found;
  private final SuspectTables suspects;
  private volatile boolean othersLost;

  /** None are known yet. */
  DamagedKeys(Counter found, SuspectTables suspects) {
    this(found, suspects, new ConcurrentSkipListSet<>());
  }

  /** Goes on with a set that others may add to as well. */
  DamagedKeys(Counter found, SuspectTables suspects, NavigableSet<Key> shared) {
    this.found = found;
    this.suspects = suspects;
    this.keys = shared;
  }

  /** For another one to go on with. */
  NavigableSet<Key> shared() {
    return keys;
  }

  /** A record of the key was read and is not intact. */
  void found(Key key, Exception reason) {
    found.increment();
    if (reason instanceof RocksDBException failure) {
      suspect(failure);
    }
    if (keys.size() < MAX && keys.add(key)) {
      log.warn(
          "Record is damaged and not served: key='{}' reason={}",
          key.printable(),
          reason.getMessage());
    }
  }

  /** The key's record was lost with the file it was in; it is counted with the file. */
  void lost(Key key) {
    if (keys.size() < MAX) {
      keys.add(key);
    }
  }

  /** Others were lost as well, and nobody knows which. */
  void lostOthers() {
    othersLost = true;
  }

  /** Whatever was lost is here again. */
  void allFound() {
    othersLost = false;
  }

  /** Whether a key that is not here may have been here. */
  boolean mayLackOthers() {
    return othersLost;
  }

  /** Something else than a record could not be read. */
  void suspect(RocksDBException failure) {
    suspects.accuse(failure);
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

  /** The first of them that is not before {@code start}; null when there is none. */
  @Nullable Bytes firstFrom(Bytes start) {
    return keys.stream()
        .map(Key::bytes)
        .filter(key -> key.compareTo(start) >= 0)
        .findFirst()
        .orElse(null);
  }

  /** How many there are; it counts them. */
  int count() {
    return keys.size();
  }

  /** Some of them in key order, behind {@code after}; null for the first. */
  List<Key> behind(@Nullable Key after, int limit) {
    var rest = after == null ? keys : keys.tailSet(after, false);
    return rest.stream().limit(limit).toList();
  }
}
