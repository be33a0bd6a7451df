package dev.rondo.core.merkle;

import dev.rondo.core.digest.KeyHash;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A Merkle tree for each arc of a ring, over the keys that a worker holds and their versions.
 *
 * <p>The digest of a node is the sum, modulo 2^64, of the {@linkplain KeyHash hashes} of all keys
 * in its part of the ring. So a write changes one number, whatever came before it; the order of
 * writes does not matter; and what lies above the buckets need not be kept. It also makes changes
 * and an inventory that are taken at different times add up: see {@link #negated}.
 *
 * <p>Any threads may add and read. Who reads several nodes while others add sees each bucket as it
 * was at some moment between.
 */
public final class ArcTrees {

  private final RingCut cut;
  private final AtomicLongArray buckets;

  /** Trees of nothing. */
  public ArcTrees(RingCut cut) {
    this(cut, new AtomicLongArray(cut.nodes(cut.depth())));
  }

  private ArcTrees(RingCut cut, AtomicLongArray buckets) {
    this.cut = cut;
    this.buckets = buckets;
  }

  /** How the ring is cut. */
  public RingCut cut() {
    return cut;
  }

  /** The memory that they take up, in bytes. */
  public long size() {
    return (long) Long.BYTES * buckets.length();
  }

  /** What a key in a version adds to the digests above it. */
  public static long hash(Bytes key, Version version) {
    return KeyHash.of(key.array(), key.offset(), key.length(), version);
  }

  /** Adds to a bucket: the hash of what is new there, less the one of what it replaces. */
  public void add(int bucket, long hash) {
    if (hash != 0) {
      buckets.getAndAdd(bucket, hash);
    }
  }

  /** The digests of all children of some nodes, in order; of level 0, those of the arcs named. */
  public List<Long> digests(int level, List<Integer> parents) {
    List<Long> digests = new ArrayList<>(parents.size() * (level == 0 ? 1 : RingCut.FAN));
    for (int parent : parents) {
      int first = level == 0 ? parent : parent * RingCut.FAN;
      int end = level == 0 ? first + 1 : first + RingCut.FAN;
      for (int node = first; node < end; node++) {
        digests.add(digest(level, node));
      }
    }
    return digests;
  }

  private long digest(int level, int node) {
    int each = cut.nodes(cut.depth()) / cut.nodes(level);
    long sum = 0;
    for (int bucket = node * each; bucket < (node + 1) * each; bucket++) {
      sum += buckets.get(bucket);
    }
    return sum;
  }

  /**
   * What an inventory of this moment is to be added to: when it was, the difference between what is
   * there and what the trees say is left, to be {@linkplain #correct added} to them at any later
   * time. Nobody may add to these trees while this is called.
   */
  public ArcTrees negated() {
    AtomicLongArray negative = new AtomicLongArray(buckets.length());
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      negative.setPlain(bucket, -buckets.get(bucket));
    }
    return new ArcTrees(cut, negative);
  }

  /** Adds a difference, whatever was added meanwhile; returns in how many buckets there was one. */
  public int correct(ArcTrees difference) {
    int wrong = 0;
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      long by = difference.buckets.get(bucket);
      add(bucket, by);
      wrong += by == 0 ? 0 : 1;
    }
    return wrong;
  }
}
