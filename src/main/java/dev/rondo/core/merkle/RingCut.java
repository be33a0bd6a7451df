package dev.rondo.core.merkle;

import dev.rondo.core.ring.Position;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.Ring;
import dev.rondo.core.ring.Token;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A ring cut into arcs, from behind one virtual node up to the next, so that all keys of an arc
 * have the same owners; and each arc cut into {@value #FAN}, each of these into as many, and so on:
 * the nodes of its tree. The last ones are its buckets.
 *
 * <p>The nodes of one level are numbered through, over all arcs; those of level 0 are the arcs, and
 * the children of node {@code n} are {@code FAN * n} and those behind it. How deep the trees are
 * follows from the ring alone, so that it is the same everywhere: 3 levels below the arc, fewer on
 * rings with so many arcs that there would be more than {@value #BUCKETS_MAX} buckets.
 */
public final class RingCut {

  /** Children of a node. */
  public static final int FAN = 16;

  /** Buckets of a ring at most, except where it has more arcs: 16 MiB of sums. */
  static final int BUCKETS_MAX = 1 << 21;

  private static final int BITS = 4;
  private static final int DEPTH_MAX = 3;
  private static final long RING = 1L << 32;

  private final List<PreferenceList> lists;
  private final long[] ends;
  private final int depth;

  private RingCut(long[] ends, List<PreferenceList> lists) {
    this.ends = ends;
    this.lists = lists;
    int levels = DEPTH_MAX;
    while (levels > 0 && ((long) ends.length << (BITS * levels)) > BUCKETS_MAX) {
      levels--;
    }
    this.depth = levels;
  }

  /** The cut of a ring. Where virtual nodes share a place, they end one arc together. */
  public static RingCut of(Ring ring) {
    long[] ends =
        ring.tokens().stream()
            .map(Token::position)
            .mapToLong(Position::toLong)
            .distinct()
            .toArray();
    List<PreferenceList> lists =
        IntStream.range(0, ends.length)
            .mapToObj(arc -> ring.preferenceList((int) ends[arc]))
            .toList();
    return new RingCut(ends, lists);
  }

  /** How many arcs there are. */
  public int arcs() {
    return ends.length;
  }

  /** The level of the buckets; arcs have level 0. */
  public int depth() {
    return depth;
  }

  /** How many nodes a level has. */
  public int nodes(int level) {
    return ends.length << (BITS * level);
  }

  /** The arcs whose owners are as wanted, in ascending order. */
  public List<Integer> arcs(Predicate<PreferenceList> wanted) {
    return IntStream.range(0, ends.length)
        .filter(arc -> wanted.test(lists.get(arc)))
        .boxed()
        .toList();
  }

  /** The arc to which a node belongs. */
  public int arcOf(int level, int node) {
    return node >> (BITS * level);
  }

  /** The position in front of an arc, which does not belong to it; 0 to 2^32 - 1. */
  public long from(int arc) {
    return ends[arc == 0 ? ends.length - 1 : arc - 1];
  }

  /** The last position of an arc, 0 to 2^32 - 1. */
  public long to(int arc) {
    return ends[arc];
  }

  /** The bucket in which a position lies. */
  public int bucketOf(int position) {
    long place = Position.toLong(position);
    int arc = arcAt(place);
    long offset = (place - from(arc) - 1) & (RING - 1);
    return (arc << (BITS * depth)) + (int) ((offset << (BITS * depth)) / size(arc));
  }

  /** The positions of a bucket: none, one span, or two where it goes over the end of the ring. */
  public List<Span> spans(int bucket) {
    int arc = arcOf(depth, bucket);
    long index = bucket - ((long) arc << (BITS * depth));
    long first = from(arc) + 1 + start(arc, index);
    long last = from(arc) + start(arc, index + 1);
    if (first > last) {
      return List.of();
    }
    if (first < RING && last >= RING) {
      return List.of(new Span(0, last - RING), new Span(first, RING - 1));
    }
    return List.of(new Span(first % RING, last % RING));
  }

  /** Throws {@link IllegalArgumentException} unless this level has all of these nodes. */
  public void check(int level, List<Integer> nodes) {
    if (level < 0 || level > depth) {
      throw new IllegalArgumentException("level %d of %d".formatted(level, depth));
    }
    int count = nodes(level);
    if (nodes.size() > count) {
      throw new IllegalArgumentException(
          "%d nodes of level %d, there are only %d".formatted(nodes.size(), level, count));
    }
    for (int node : nodes) {
      if (node < 0 || node >= count) {
        throw new IllegalArgumentException(
            "node %d of level %d, there are only %d".formatted(node, level, count));
      }
    }
  }

  /** Whether both cut the ring at the same places. */
  public boolean isSameAs(RingCut other) {
    return Arrays.equals(ends, other.ends);
  }

  /** The first offset of a bucket within its arc: the least one that {@link #bucketOf} puts in. */
  private long start(int arc, long index) {
    long buckets = 1L << (BITS * depth);
    return (index * size(arc) + buckets - 1) / buckets;
  }

  private long size(int arc) {
    long size = to(arc) - from(arc);
    return size > 0 ? size : size + RING;
  }

  private int arcAt(long place) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == ends.length ? 0 : low;
  }
}
