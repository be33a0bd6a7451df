package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.vault.LostKeys;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys whose records were found damaged and not written anew since. Shared by the storage
 * threads; it forgets nothing it was told, but does not grow past a limit either: what was found
 * and left out is found again.
 */
final class DamagedKeys {

  private static final Logger log = LoggerFactory.getLogger(DamagedKeys.class);

  /** So many are noted; a store that lost more lacks what it cannot name. */
  static final int MAX = 10_000;

  private final LostKeys keys;
  private final Counter found;
  private final SuspectTables suspects;
  private volatile boolean othersLost;

  /** Goes on with a set that others may add to as well. */
  DamagedKeys(Counter found, SuspectTables suspects, LostKeys shared) {
    this.found = found;
    this.suspects = suspects;
    this.keys = shared;
  }

  /** For another one to go on with. */
  LostKeys shared() {
    return keys;
  }

  /** A record of the key was read and is not intact. */
  void found(Key key, Exception reason) {
    found.increment();
    if (reason instanceof RocksDBException failure) {
      suspect(failure);
    }
    if (keys.add(key)) {
      log.warn(
          "Record is damaged and not served: key='{}' reason={}",
          key.printable(),
          reason.getMessage());
    }
  }

  /**
   * The key's record was lost with the file it was in; it is counted with the file. False where
   * there is no room for the key: nobody finds that one again.
   */
  boolean lost(Key key) {
    return keys.add(key) || keys.contains(key);
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
    return keys.contains(key);
  }

  /** The key was written anew. */
  void healed(Key key) {
    keys.remove(key);
  }

  /** The first of them that is not before {@code start}; null when there is none. */
  @Nullable Bytes firstFrom(Bytes start) {
    return keys.inOrder().stream()
        .map(Key::bytes)
        .filter(key -> key.compareTo(start) >= 0)
        .findFirst()
        .orElse(null);
  }

  /** How many there are. */
  int count() {
    return keys.count();
  }

  /** Some of them in key order, behind {@code after}; null for the first. */
  List<Key> behind(@Nullable Key after, int limit) {
    NavigableSet<Key> all = keys.inOrder();
    var rest = after == null ? all : all.tailSet(after, false);
    return rest.stream().limit(limit).toList();
  }
}
