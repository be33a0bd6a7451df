package dev.rondo.persistence;

import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.RingCut;
import dev.rondo.core.record.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Merkle trees over the index, kept true by the writer: what a batch changes is gathered while
 * it is staged, and added once it is written. Anybody may read what is {@link #ready}.
 *
 * <p>Trees begin between two batches, with nothing in them. The writer adds changes from then on;
 * an inventory of the index as it was at the beginning is added when it is made, and only then the
 * trees are complete. All of it are sums, so that the order does not matter.
 */
final class Trees {

  private final Staged staged = new Staged();
  private volatile @Nullable TreeBuild wanted;
  private @Nullable TreeBuild building;
  private volatile @Nullable ArcTrees growing;
  private volatile @Nullable ArcTrees ready;

  /** Complete trees; null while there are none. */
  @Nullable ArcTrees ready() {
    return ready;
  }

  /** Has a build begin with the next batch, or with the trees that there are be checked by it. */
  void want(TreeBuild build) {
    wanted = build;
  }

  /** A batch is about to be staged; for the writer. */
  void betweenBatches(Engine engine) {
    TreeBuild build = wanted;
    if (build != null) {
      wanted = null;
      begin(build, engine);
    }
  }

  private synchronized void begin(TreeBuild build, Engine engine) {
    ArcTrees known = growing;
    if (known == null || !known.cut().isSameAs(build.cut()) || ready == null) {
      known = new ArcTrees(build.cut());
      ready = null;
      growing = known;
    }
    endBuild();
    building = build;
    build.begin(engine, known);
  }

  /**
   * No build goes on any more; before the database may be closed. Blocks for a slice at most. The
   * writer calls this, and whoever reads when a build is over: one of them could otherwise forget a
   * build that the other has just begun, and nobody would close its iterator.
   */
  synchronized void endBuild() {
    TreeBuild last = building;
    building = null;
    if (last != null) {
      last.end();
    }
  }

  /** An inventory was added; returns false if these trees are not kept any more. */
  boolean complete(ArcTrees trees) {
    boolean kept = growing == trees;
    if (kept) {
      ready = trees;
    }
    return kept;
  }

  /** The batch being staged puts one entry of the index in the place of another; for the writer. */
  void stage(Key key, @Nullable IndexEntry before, @Nullable IndexEntry after) {
    ArcTrees trees = growing;
    if (trees != null) {
      long hash = hash(key, after) - hash(key, before);
      staged.add(trees.cut(), key.position(), hash);
    }
  }

  private static long hash(Key key, @Nullable IndexEntry entry) {
    return entry == null ? 0 : ArcTrees.hash(key.bytes(), entry.version());
  }

  /** The batch is written; for the writer. */
  void written() {
    ArcTrees trees = growing;
    if (trees != null) {
      staged.addTo(trees);
    }
  }

  /** The batch is not written; for the writer. */
  void clear() {
    staged.count = 0;
  }

  /** What is stored may be something else now: the engine was opened anew. For the writer. */
  void lose() {
    clear();
    ready = null;
    growing = null;
  }

  /** What a batch changes. */
  private static final class Staged {
    private int[] buckets = new int[64];
    private long[] hashes = new long[64];
    private int count;

    void add(RingCut cut, int position, long hash) {
      if (count == buckets.length) {
        buckets = Arrays.copyOf(buckets, 2 * count);
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      buckets[count] = cut.bucketOf(position);
      hashes[count++] = hash;
    }

    void addTo(ArcTrees trees) {
      for (int i = 0; i < count; i++) {
        trees.add(buckets[i], hashes[i]);
      }
      count = 0;
    }
  }
}
