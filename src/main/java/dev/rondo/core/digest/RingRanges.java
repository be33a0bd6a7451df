package dev.rondo.core.digest;

import java.util.List;

/**
 * The ring cut into {@code 2^bits} ranges of one size; range {@code i} starts at position {@code i
 * * 2^(32 - bits)}.
 */
public record RingRanges(int bits) {

  public RingRanges {
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException(bits + " bits, allowed are 1 to 16");
    }
  }

  /** How many there are. */
  public int count() {
    return 1 << bits;
  }

  /** The range in which a place on the ring lies. */
  public int of(int position) {
    return position >>> (Integer.SIZE - bits);
  }

  /** The first place of a range, 0 to 2^32 - 1. */
  public long first(int range) {
    return (long) range << (Integer.SIZE - bits);
  }

  /** The last place of a range. */
  public long last(int range) {
    return first(range + 1) - 1;
  }

  /**
   * Throws {@link IllegalArgumentException} unless there are all of these, and not more of them.
   */
  public void check(List<Integer> ranges) {
    if (ranges.size() > count()) {
      throw new IllegalArgumentException(
          "%d ranges, there are only %d".formatted(ranges.size(), count()));
    }
    ranges.forEach(range -> check(range, 1));
  }

  /** Throws {@link IllegalArgumentException} unless these neighbours exist. */
  public void check(int from, int count) {
    if (from < 0 || count < 1 || from > count() - count) {
      throw new IllegalArgumentException(
          "%d ranges from %d, there are only %d".formatted(count, from, count()));
    }
  }
}
