package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Looks through a slice of the index for tombstones that may go. */
final class PurgeScan implements EngineSlot.Visit<PurgeScan.Slice> {

  private static final int ENTRIES_MAX = 20_000;
  private static final int FOUND_MAX = 1_000;

  private final Tombstones tombstones;
  private final Bytes from;

  PurgeScan(Tombstones tombstones, Bytes from) {
    this.tombstones = tombstones;
    this.from = from;
  }

  /** The removals to make, and where the next slice begins; null behind the last one. */
  record Slice(List<Storing.Entry> found, @Nullable Bytes next) {
    Slice {
      found = List.copyOf(found);
    }
  }

  @Override
  public Slice in(Engine engine) throws RocksDBException {
    List<Storing.Entry> found = new ArrayList<>();
    byte[] value = new byte[IndexEntry.SIZE];
    int entries = 0;
    try (RocksIterator index = engine.iterate(Family.INDEX)) {
      for (index.seek(from.toArray()); index.isValid(); index.next()) {
        byte[] indexKey = index.key();
        if (entries++ == ENTRIES_MAX || found.size() == FOUND_MAX) {
          return new Slice(found, Bytes.wrap(indexKey));
        }
        index.value(value);
        IndexEntry entry = IndexEntry.read(value);
        if (tombstones.mayGo(indexKey, entry)) {
          found.add(new Storing.Entry.Forget(Layout.keyOf(indexKey), entry.version()));
        }
      }
      index.status();
    }
    return new Slice(found, null);
  }
}
