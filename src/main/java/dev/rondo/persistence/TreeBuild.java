package dev.rondo.persistence;

import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * An inventory of the index as it was between two batches, made slice by slice, by which trees
 * become true: new ones, or ones that were kept by the writer all along and should have been.
 * Reading verifies the checksums of the index.
 *
 * <p>Begun by the writer, then visited by the scan thread alone.
 */
final class TreeBuild implements EngineSlot.Visit<Boolean> {

  /** Entries of a slice; it takes about a hundredth of a second. */
  static final int SLICE = 20_000;

  private final RingCut cut;
  private volatile @Nullable Begun begun;
  private byte[] cursor = new byte[0];
  private long entries;

  TreeBuild(RingCut cut) {
    this.cut = cut;
  }

  /** What is known only between two batches. */
  private record Begun(Engine engine, Snapshot snapshot, ArcTrees trees, ArcTrees difference) {}

  RingCut cut() {
    return cut;
  }

  /** Takes the snapshot. */
  void begin(Engine engine, ArcTrees trees) {
    begun = new Begun(engine, engine.snapshot(), trees, trees.negated());
  }

  /** Takes stock of one slice; returns whether it was the last one. */
  @Override
  public Boolean in(Engine engine) throws RocksDBException, StorageFault {
    Begun from = begun;
    if (from == null || from.engine() != engine) {
      throw new StorageFault("there is no snapshot of this store");
    }
    byte[] value = new byte[IndexEntry.SIZE];
    int left = SLICE;
    try (ReadOptions then = engine.scanOf(from.snapshot());
        RocksIterator index = engine.iterate(Family.INDEX, then)) {
      for (index.seek(cursor); index.isValid() && left > 0; index.next()) {
        byte[] indexKey = index.key();
        index.value(value);
        add(from.difference(), indexKey, IndexEntry.read(value));
        left--;
      }
      index.status();
      if (index.isValid()) {
        cursor = index.key();
        return false;
      }
    }
    return true;
  }

  private void add(ArcTrees difference, byte[] indexKey, IndexEntry entry) {
    Bytes whole = Bytes.wrap(indexKey);
    Bytes key = whole.slice(Integer.BYTES, whole.length() - Integer.BYTES);
    int bucket = cut.bucketOf((int) Layout.positionOf(indexKey));
    difference.add(bucket, ArcTrees.hash(key, entry.version()));
    entries++;
  }

  /** How many entries there were. */
  long entries() {
    return entries;
  }

  /**
   * Corrects the trees by the inventory, which must be complete, and has them be used; returns in
   * how many buckets they were wrong, or -1 when they are not kept any more.
   */
  int finish(Trees trees) {
    Begun from = begun;
    if (from == null) {
      return -1;
    }
    int wrong = from.trees().correct(from.difference());
    return trees.complete(from.trees()) ? wrong : -1;
  }

  /** Lets go of the snapshot, unless that went with its engine. */
  void release(Engine engine) {
    Begun from = begun;
    if (from != null && from.engine() == engine) {
      engine.release(from.snapshot());
    }
    begun = null;
  }
}
