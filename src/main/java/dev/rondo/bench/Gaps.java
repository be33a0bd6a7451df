package dev.rondo.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** The longest time without a success, for each target. Every event loop reports here. */
final class Gaps {

  private final AtomicLongArray last;
  private final AtomicLongArray longest;

  /** Watches {@code targets} targets from {@code nanos} on. */
  Gaps(int targets, long nanos) {
    long[] start = new long[targets];
    Arrays.fill(start, nanos);
    last = new AtomicLongArray(start);
    longest = new AtomicLongArray(targets);
  }

  void success(int target, long nanos) {
    long gap = nanos - last.getAndSet(target, nanos);
    if (gap > longest.getPlain(target)) {
      longest.accumulateAndGet(target, gap, Math::max);
    }
  }

  /** The longest of each target in nanoseconds, the one that is open at {@code nanos} included. */
  long[] longest(long nanos) {
    long[] result = new long[last.length()];
    for (int target = 0; target < result.length; target++) {
      result[target] = Math.max(longest.get(target), nanos - last.get(target));
    }
    return result;
  }
}
