package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Verifies a slice of the records, in key order: the checksum of each, and that the index says the
 * same of it. Fails where the engine cannot read.
 */
final class RecordCheck implements EngineSlot.Visit<ScrubSlice> {

  private final DamagedKeys damaged;
  private final Bytes from;
  private final byte[] entry = new byte[IndexEntry.SIZE];

  RecordCheck(DamagedKeys damaged, Bytes from) {
    this.damaged = damaged;
    this.from = from;
  }

  @Override
  public ScrubSlice in(Engine engine) throws RocksDBException {
    int entries = 0;
    long bytes = 0;
    try (RocksIterator records = engine.iterate(Family.RECORDS)) {
      for (records.seek(from.toArray()); records.isValid(); records.next()) {
        if (bytes >= ScrubSlice.BYTES_MAX) {
          return new ScrubSlice(Bytes.wrap(records.key()), entries, bytes);
        }
        byte[] value = records.value();
        check(engine, Key.of(Bytes.wrap(records.key())), value);
        entries++;
        bytes += value.length;
      }
      records.status();
    }
    return new ScrubSlice(null, entries, bytes);
  }

  private void check(Engine engine, Key key, byte[] value) throws RocksDBException {
    IndexEntry before = index(engine, key);
    if (wrong(key, value, before) == null) {
      return;
    }
    // It may have been written or forgotten since the iterator was made, and may be again between
    // two look-ups: only an index that says the same before and after contradicts the record.
    byte[] now = engine.get(Family.RECORDS, key.bytes().toArray());
    String still = now == null ? null : wrong(key, now, before);
    if (still != null && Objects.equals(before, index(engine, key))) {
      damaged.found(key, new RocksDBException(still));
    }
  }

  private @Nullable IndexEntry index(Engine engine, Key key) throws RocksDBException {
    return engine.get(Family.INDEX, Layout.indexKey(key), entry) == IndexEntry.SIZE
        ? IndexEntry.read(entry)
        : null;
  }

  private static @Nullable String wrong(Key key, byte[] value, @Nullable IndexEntry indexed) {
    try {
      StoredRecord record = StoredRecord.decode(key, Bytes.wrap(value));
      return IndexEntry.of(record).equals(indexed)
          ? null
          : "the index does not say the same of a record";
    } catch (CorruptRecord corrupt) {
      return String.valueOf(corrupt.getMessage());
    }
  }
}
