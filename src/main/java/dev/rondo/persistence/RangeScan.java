package dev.rondo.persistence;

import dev.rondo.bus.Ranging;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * One page of a worker's records in ring order. It walks the index, leaps over the arcs that the
 * worker does not own, and fetches the records; those that are damaged it leaves out, and says so.
 *
 * <p>The cursor is the index key at which the next page starts.
 */
final class RangeScan implements EngineSlot.Visit<Ranging.Ranged> {

  private static final long OBJECTS = 100;

  private final Arcs arcs;
  private final Ranging.Range range;
  private final DamagedKeys damaged;
  private final List<Ranging.Item> items = new ArrayList<>();
  private long bytes;
  private boolean whole = true;

  RangeScan(Arcs arcs, Ranging.Range range, DamagedKeys damaged) {
    this.arcs = arcs;
    this.range = range;
    this.damaged = damaged;
  }

  @Override
  public Ranging.Ranged in(Engine engine) throws RocksDBException {
    try (RocksIterator index = engine.iterate(Family.INDEX)) {
      index.seek(range.cursor().toArray());
      while (index.isValid()) {
        byte[] indexKey = index.key();
        long position = Layout.positionOf(indexKey);
        long owned = arcs.next(position);
        if (owned < 0) {
          break;
        }
        if (owned > position) {
          index.seek(Layout.indexStart(owned));
          continue;
        }
        if (bytes >= range.bytesMax() && !items.isEmpty()) {
          return new Ranging.Ranged(items, Bytes.wrap(indexKey), whole);
        }
        fetch(engine, indexKey);
        index.next();
      }
      index.status();
    }
    return new Ranging.Ranged(items, null, whole);
  }

  /** Of a record that was forgotten since the index was opened there is nothing to say. */
  private void fetch(Engine engine, byte[] indexKey) {
    Key key = Layout.keyOf(indexKey);
    try {
      byte[] stored = engine.get(Family.RECORDS, key.bytes().toArray());
      if (stored == null) {
        stored = again(engine, indexKey, key);
      }
      if (stored == null) {
        return;
      }
      items.add(new Ranging.Item(key, StoredRecord.decode(key, Bytes.wrap(stored))));
      bytes += OBJECTS + key.bytes().length() + stored.length;
    } catch (RocksDBException | CorruptRecord unreadable) {
      damaged.found(key, unreadable);
      whole = false;
    }
  }

  private static byte @Nullable [] again(Engine engine, byte[] indexKey, Key key)
      throws RocksDBException {
    if (engine.get(Family.INDEX, indexKey) == null) {
      return null;
    }
    byte[] stored = engine.get(Family.RECORDS, key.bytes().toArray());
    if (stored == null && engine.get(Family.INDEX, indexKey) != null) {
      throw new RocksDBException("the index knows a record that is not there");
    }
    return stored;
  }
}
