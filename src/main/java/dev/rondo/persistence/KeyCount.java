package dev.rondo.persistence;

import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * How many keys have a value here, and how many a tombstone. Exact: every batch that changes it
 * carries the new count, so that both become durable together.
 */
record KeyCount(long live, long tombstones) {

  /** Reads the count that came with the last batch; counts the index where there is none. */
  static KeyCount restore(Engine engine) throws RocksDBException {
    byte[] stored = engine.get(Family.META, Layout.KEY_COUNT);
    if (stored != null && stored.length == 2 * Long.BYTES) {
      ByteBuffer in = ByteBuffer.wrap(stored);
      return new KeyCount(in.getLong(), in.getLong());
    }
    return count(engine);
  }

  private static KeyCount count(Engine engine) throws RocksDBException {
    long live = 0;
    long tombstones = 0;
    byte[] entry = new byte[IndexEntry.SIZE];
    try (RocksIterator index = engine.iterate(Family.INDEX)) {
      for (index.seekToFirst(); index.isValid(); index.next()) {
        index.value(entry);
        if (IndexEntry.read(entry).tombstone()) {
          tombstones++;
        } else {
          live++;
        }
      }
      index.status();
    }
    return new KeyCount(live, tombstones);
  }

  KeyCount plus(long moreLive, long moreTombstones) {
    return new KeyCount(live + moreLive, tombstones + moreTombstones);
  }

  byte[] encoded() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(live).putLong(tombstones).array();
  }
}
