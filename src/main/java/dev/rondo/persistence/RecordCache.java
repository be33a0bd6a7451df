package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Records, or their versions alone, in memory, within a fixed number of bytes. Belongs to one
 * thread.
 */
final class RecordCache {

  private static final int TYPICAL_BYTES = 128;

  /** What stands before the record: the timestamp and the worker of its version. */
  private static final int VERSION_BYTES = Long.BYTES + Integer.BYTES;

  private final ByteCache cache;
  private final ByteBuffer head = ByteBuffer.allocate(VERSION_BYTES);

  /** An empty one, which stays empty with 0 bytes. */
  RecordCache(long bytes) {
    cache = new ByteCache(bytes, TYPICAL_BYTES);
  }

  /** The record of a key; null when it is not here. */
  @Nullable StoredRecord record(Key key) {
    byte[] held = cache.get(key);
    if (held == null || held.length == VERSION_BYTES) {
      return null;
    }
    try {
      Bytes all = Bytes.wrap(held);
      return StoredRecord.decode(key, all.slice(VERSION_BYTES, held.length - VERSION_BYTES));
    } catch (CorruptRecord damaged) {
      cache.remove(key);
      return null;
    }
  }

  /** The version of a key's record; null when that is not here. */
  @Nullable Version version(Key key) {
    return cache.get(key, head.array()) == ByteCache.NOTHING ? null : read();
  }

  private Version read() {
    return new Version(head.getLong(0), head.getInt(Long.BYTES));
  }

  /** Takes a record in, in the place of whatever is here of the key. */
  void put(Key key, StoredRecord record) {
    put(key, record.version(), record.encoded());
  }

  /** Takes a record in, unless it or a newer one is here. */
  void offer(Key key, StoredRecord record) {
    int length = cache.get(key, head.array());
    int order = length == ByteCache.NOTHING ? 1 : record.version().compareTo(read());
    if (order > 0 || (order == 0 && length == VERSION_BYTES)) {
      put(key, record);
    }
  }

  /** Takes the version of a record in, unless it or a newer one is here. */
  void offer(Key key, Version version) {
    Version held = version(key);
    if (held == null || version.isAfter(held)) {
      put(key, version, Bytes.EMPTY);
    }
  }

  private void put(Key key, Version version, Bytes encoded) {
    head.putLong(0, version.timestamp()).putInt(Long.BYTES, version.worker());
    cache.put(key, head.array(), encoded);
  }

  /** Forgets what is here of a key if that is older. */
  void removeOlder(Key key, Version than) {
    Version held = version(key);
    if (held != null && than.isAfter(held)) {
      cache.remove(key);
    }
  }

  /** Forgets what is here of a key. */
  void remove(Key key) {
    cache.remove(key);
  }

  /** Forgets everything. */
  void clear() {
    cache.clear();
  }
}
