package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.nio.ByteBuffer;

/**
 * What the index says of a record: enough to compare it with another worker's, without reading it.
 *
 * @param checksum the record's own
 */
record IndexEntry(Version version, int checksum, boolean tombstone) {

  /** Bytes of the stored form: timestamp (8), worker (4), checksum (4), tombstone or not (1). */
  static final int SIZE = 17;

  static IndexEntry of(StoredRecord record) {
    Bytes encoded = record.encoded();
    int checksum =
        ByteBuffer.wrap(encoded.array())
            .getInt(encoded.offset() + encoded.length() - Integer.BYTES);
    return new IndexEntry(record.version(), checksum, record.isTombstone());
  }

  static IndexEntry read(byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    return new IndexEntry(new Version(in.getLong(0), in.getInt(8)), in.getInt(12), in.get(16) != 0);
  }

  void write(byte[] into) {
    ByteBuffer.wrap(into)
        .putLong(version.timestamp())
        .putInt(version.worker())
        .putInt(checksum)
        .put((byte) (tombstone ? 1 : 0));
  }
}
