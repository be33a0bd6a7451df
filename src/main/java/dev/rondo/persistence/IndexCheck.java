package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Looks through a slice of the index for records that are not there. The engine's filters answer
 * for most keys without reading. They are right whenever they say no, but know nothing of what was
 * deleted, and one time in a hundred say yes for nothing; to be thorough takes a look-up each.
 */
final class IndexCheck implements EngineSlot.Visit<ScrubSlice> {

  private final DamagedKeys damaged;
  private final Bytes from;
  private final boolean thorough;

  IndexCheck(DamagedKeys damaged, Bytes from, boolean thorough) {
    this.damaged = damaged;
    this.from = from;
    this.thorough = thorough;
  }

  @Override
  public ScrubSlice in(Engine engine) throws RocksDBException {
    int entries = 0;
    long bytes = 0;
    try (RocksIterator index = engine.iterate(Family.INDEX)) {
      for (index.seek(from.toArray()); index.isValid(); index.next()) {
        byte[] indexKey = index.key();
        if (bytes >= ScrubSlice.BYTES_MAX) {
          return new ScrubSlice(Bytes.wrap(indexKey), entries, bytes);
        }
        Key key = Layout.keyOf(indexKey);
        if (thorough || !engine.mayHold(Family.RECORDS, key.bytes().toArray())) {
          missing(engine, key, indexKey);
        }
        entries++;
        bytes += indexKey.length + IndexEntry.SIZE;
      }
      index.status();
    }
    return new ScrubSlice(null, entries, bytes);
  }

  /** It may have been forgotten since the iterator was made. */
  private void missing(Engine engine, Key key, byte[] indexKey) throws RocksDBException {
    if (engine.get(Family.INDEX, indexKey) != null
        && engine.get(Family.RECORDS, key.bytes().toArray()) == null
        && engine.get(Family.INDEX, indexKey) != null) {
      damaged.found(key, new RocksDBException("the index knows a record that is not there"));
    }
  }
}
