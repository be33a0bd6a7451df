package dev.rondo.persistence;

import dev.rondo.bus.Holding.Answer;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * What is held of single keys, believed only as far as it can be verified.
 *
 * <p>Records and index are written together, so that each of them vouches for the other: where one
 * cannot be read, the other knows whether there is anything at all, and in which version.
 */
final class Copies {

  private final DamagedKeys damaged;
  private final byte[] entry = new byte[IndexEntry.SIZE];

  /** For one thread. */
  Copies(DamagedKeys damaged) {
    this.damaged = damaged;
  }

  /** The whole record, if it is intact. */
  Answer record(Engine engine, Key key, boolean nothingCounts) {
    try {
      StoredRecord record = read(engine, key);
      if (record != null) {
        return new Answer.Whole(record);
      }
      return nothing(engine, key, nothingCounts);
    } catch (RocksDBException | CorruptRecord unreadable) {
      return isUnknownToIndex(engine, key) ? none(nothingCounts) : damaged(key, unreadable);
    }
  }

  /** Nothing, unless the index knows better also when both are asked again. */
  private Answer nothing(Engine engine, Key key, boolean nothingCounts)
      throws RocksDBException, CorruptRecord {
    if (isUnknownToIndex(engine, key)) {
      return none(nothingCounts);
    }
    StoredRecord record = read(engine, key);
    if (record != null) {
      return new Answer.Whole(record);
    }
    return isUnknownToIndex(engine, key)
        ? none(nothingCounts)
        : damaged(key, new RocksDBException("the index knows a record that is not there"));
  }

  private Answer none(boolean nothingCounts) {
    return new Answer.Nothing(nothingCounts && !damaged.mayLackOthers());
  }

  /** Its version, as the index says; of a record that is known to be damaged, nothing. */
  Answer version(Engine engine, Key key, boolean nothingCounts) {
    if (damaged.contains(key)) {
      return intact(engine, key, nothingCounts);
    }
    try {
      IndexEntry held = index(engine, key);
      return held == null ? none(nothingCounts) : new Answer.VersionOnly(held.version());
    } catch (RocksDBException unreadable) {
      damaged.suspect(unreadable);
      return intact(engine, key, nothingCounts);
    }
  }

  /** Its version, if the whole record is intact. */
  Answer intact(Engine engine, Key key, boolean nothingCounts) {
    Answer answer = record(engine, key, nothingCounts);
    return answer instanceof Answer.Whole whole
        ? new Answer.VersionOnly(whole.record().version())
        : answer;
  }

  /** Whether the record is there, intact, and of this version. */
  boolean isIntact(Engine engine, Key key, Version version) {
    try {
      StoredRecord record = read(engine, key);
      return record != null && record.version().equals(version);
    } catch (RocksDBException | CorruptRecord unreadable) {
      return false;
    }
  }

  private static @Nullable StoredRecord read(Engine engine, Key key)
      throws RocksDBException, CorruptRecord {
    byte[] stored = engine.get(Family.RECORDS, key.bytes().toArray());
    return stored == null ? null : StoredRecord.decode(key, Bytes.wrap(stored));
  }

  private @Nullable IndexEntry index(Engine engine, Key key) throws RocksDBException {
    return engine.get(Family.INDEX, Layout.indexKey(key), entry) == IndexEntry.SIZE
        ? IndexEntry.read(entry)
        : null;
  }

  private boolean isUnknownToIndex(Engine engine, Key key) {
    try {
      return index(engine, key) == null;
    } catch (RocksDBException unreadable) {
      return false;
    }
  }

  private Answer damaged(Key key, Exception unreadable) {
    damaged.found(key, unreadable);
    return new Answer.Unreadable(String.valueOf(unreadable.getMessage()));
  }
}
