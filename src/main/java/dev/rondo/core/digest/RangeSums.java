package dev.rondo.core.digest;

import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A digest for each of some neighbouring ranges of the ring: the sum, modulo 2^64, of a hash of
 * every key there and its version.
 *
 * <p>A sum does not depend on the order, so that it can be made in one walk, and no key can be in
 * it twice. Two workers that hold the same have the same sums; that two which do not have the same
 * sum of a range happens once in 2^64 times.
 */
public final class RangeSums {

  private final RingRanges ranges;
  private final int from;
  private final long[] sums;
  private long keys;

  /** The sums of {@code count} ranges from {@code from} on, of nothing yet. */
  public RangeSums(RingRanges ranges, int from, int count) {
    ranges.check(from, count);
    this.ranges = ranges;
    this.from = from;
    this.sums = new long[count];
  }

  /** Takes a key in, which must lie in one of the ranges. */
  public void add(int position, byte[] array, int offset, int length, Version version) {
    sums[ranges.of(position) - from] += KeyHash.of(array, offset, length, version);
    keys++;
  }

  /** One sum a range. */
  public List<Long> sums() {
    return Arrays.stream(sums).boxed().toList();
  }

  /** How many keys were taken in. */
  public long keys() {
    return keys;
  }

  /** The ranges, counted from {@code from}, whose sums differ; of two lists of one length. */
  public static List<Integer> differing(int from, List<Long> some, List<Long> others) {
    if (some.size() != others.size()) {
      throw new IllegalArgumentException(
          "%d sums cannot be compared with %d".formatted(some.size(), others.size()));
    }
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).equals(others.get(i))) {
        differing.add(from + i);
      }
    }
    return differing;
  }
}
