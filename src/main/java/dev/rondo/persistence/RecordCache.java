package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import org.jspecify.annotations.Nullable;

/** Records in memory, within a fixed number of bytes. Belongs to one thread. */
final class RecordCache {

  private static final int TYPICAL_BYTES = 128;

  private final ByteCache cache;
  private final byte[] head = new byte[StoredRecord.HEADER];

  /** An empty one, which stays empty with 0 bytes. */
  RecordCache(long bytes) {
    cache = new ByteCache(bytes, TYPICAL_BYTES);
  }

  /** The record of a key; null when it is not here. */
  @Nullable StoredRecord record(Key key) {
    byte[] encoded = cache.get(key);
    try {
      return encoded == null ? null : StoredRecord.decode(key, Bytes.wrap(encoded));
    } catch (CorruptRecord damaged) {
      cache.remove(key);
      return null;
    }
  }

  /** The version of a key's record; null when that is not here. */
  @Nullable Version version(Key key) {
    return cache.get(key, head) == ByteCache.NOTHING ? null : StoredRecord.versionIn(head);
  }

  /** Takes a record in, in the place of the key's former one unless that is as new. */
  void put(Key key, StoredRecord record) {
    Version held = version(key);
    if (held == null || record.version().isAfter(held)) {
      cache.put(key, record.encoded());
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
