package dev.rondo.persistence;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A walk over those entries of the index that lie in some arcs, in slices: between two of them the
 * scan thread does other things, and the walk may be given up.
 */
final class IndexWalk {

  private final Arcs arcs;
  private final byte[] value = new byte[IndexEntry.SIZE];
  private byte[] cursor;

  /** A walk from an index key on; an empty one for the beginning. */
  IndexWalk(Arcs arcs, byte[] cursor) {
    this.arcs = arcs;
    this.cursor = cursor;
  }

  /** Who is shown the entries. */
  interface Visitor {
    void visit(byte[] indexKey, IndexEntry entry);
  }

  /** Shows the next entries; returns where the slice behind them starts, null behind the last. */
  byte @Nullable [] walk(Engine engine, int entriesMax, Visitor visitor) throws RocksDBException {
    int visited = 0;
    try (RocksIterator index = engine.iterate(Family.INDEX)) {
      index.seek(cursor);
      while (index.isValid()) {
        byte[] indexKey = index.key();
        long position = Layout.positionOf(indexKey);
        long wanted = arcs.next(position);
        if (wanted < 0) {
          return null;
        }
        if (wanted > position) {
          index.seek(Layout.indexStart(wanted));
          continue;
        }
        if (visited++ == entriesMax) {
          cursor = indexKey;
          return indexKey;
        }
        index.value(value);
        visitor.visit(indexKey, IndexEntry.read(value));
        index.next();
      }
      index.status();
    }
    return null;
  }
}
