package dev.rondo.persistence;

import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Bytes;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * An inventory of the index as it was between two batches, made slice by slice, by which trees
 * become true: new ones, or ones that were kept by the writer all along and should have been.
 * Reading verifies the checksums of the index.
 *
 * <p>It walks with one iterator, which sees the index as it was all the time. A snapshot would do
 * as well, but to release one makes the engine rewrite tables. The iterator must be closed before
 * the database is: whoever closes that, calls {@link #end} before; hence the locks.
 */
final class TreeBuild implements EngineSlot.Visit<Boolean> {

  /** Entries of a slice; it takes about a hundredth of a second. */
  static final int SLICE = 20_000;

  private final RingCut cut;
  private @Nullable Begun begun;
  private long entries;

  TreeBuild(RingCut cut) {
    this.cut = cut;
  }

  /** What is known only between two batches. */
  private record Begun(RocksIterator index, ArcTrees trees, ArcTrees difference) {}

  RingCut cut() {
    return cut;
  }

  /** Holds on to the index as it is now; for the writer. */
  synchronized void begin(Engine engine, ArcTrees trees) {
    RocksIterator index = engine.iterate(Family.INDEX);
    index.seekToFirst();
    begun = new Begun(index, trees, trees.negated());
  }

  /** Takes stock of one slice; returns whether it was the last one. */
  @Override
  public synchronized Boolean in(Engine engine) throws RocksDBException, StorageFault {
    Begun from = begun;
    if (from == null) {
      throw new StorageFault("this inventory was given up");
    }
    RocksIterator index = from.index();
    byte[] value = new byte[IndexEntry.SIZE];
    for (int left = SLICE; index.isValid() && left > 0; left--) {
      index.value(value);
      add(from.difference(), index.key(), IndexEntry.read(value));
      index.next();
    }
    index.status();
    return !index.isValid();
  }

  private void add(ArcTrees difference, byte[] indexKey, IndexEntry entry) {
    Bytes whole = Bytes.wrap(indexKey);
    Bytes key = whole.slice(Integer.BYTES, whole.length() - Integer.BYTES);
    int bucket = cut.bucketOf((int) Layout.positionOf(indexKey));
    difference.add(bucket, ArcTrees.hash(key, entry.version()));
    entries++;
  }

  /** How many entries there were. */
  synchronized long entries() {
    return entries;
  }

  /**
   * Corrects the trees by the inventory, which must be complete, and has them be used; returns in
   * how many buckets they were wrong, or -1 when they are not kept any more.
   */
  synchronized int finish(Trees trees) {
    Begun from = begun;
    if (from == null) {
      return -1;
    }
    int wrong = from.trees().correct(from.difference());
    return trees.complete(from.trees()) ? wrong : -1;
  }

  /** Lets go of the index. */
  synchronized void end() {
    if (begun != null) {
      begun.index().close();
      begun = null;
    }
  }
}
