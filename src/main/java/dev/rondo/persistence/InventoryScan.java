package dev.rondo.persistence;

import dev.rondo.bus.Inventory;
import dev.rondo.core.record.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** One page of keys and versions. The cursor is the index key at which the next page starts. */
final class InventoryScan implements EngineSlot.Visit<Inventory.Page> {

  /** Keys of a page. */
  static final int PAGE_KEYS = 2_000;

  private final IndexWalk walk;
  private final Ripeness ripeness;
  private final List<Inventory.Item> items = new ArrayList<>();

  InventoryScan(Arcs arcs, Bytes cursor) {
    this(arcs, cursor, Ripeness.NONE);
  }

  InventoryScan(Arcs arcs, Bytes cursor, Ripeness ripeness) {
    this.ripeness = ripeness;
    walk = new IndexWalk(arcs, cursor.toArray());
  }

  @Override
  public Inventory.Page in(Engine engine) throws RocksDBException {
    byte[] next = walk.walk(engine, PAGE_KEYS, this::add);
    return new Inventory.Page(items, next == null ? null : Bytes.wrap(next));
  }

  private void add(byte[] indexKey, IndexEntry entry) {
    items.add(
        new Inventory.Item(
            Layout.keyOf(indexKey), entry.version(), ripeness.isRipe(indexKey, entry)));
  }
}
