package dev.rondo.bus;

import java.util.List;

/**
 * When tombstones last came late to a worker, by repair or as hints: long after they were made.
 *
 * @param millis for each of {@value #PARTS} equal parts of the ring, in millis of {@link
 *     System#nanoTime}
 */
public record Lateness(List<Long> millis) {

  /** The parts of the ring. */
  public static final int PARTS = 256;

  private static final int SHIFT = 24;
  private static final long POSITION_MAX = (1L << 32) - 1;

  public Lateness {
    millis = List.copyOf(millis);
  }

  /** The question. */
  public enum Ask {
    NOW
  }

  /** The last time behind one position up to another one, over the end of the ring if need be. */
  public long between(long from, long to) {
    int first = (int) (((from + 1) & POSITION_MAX) >>> SHIFT);
    int end = (int) (to >>> SHIFT);
    int parts = from < to ? end - first + 1 : Math.min(PARTS, PARTS - first + end + 1);
    long last = Long.MIN_VALUE;
    for (int i = 0; i < parts; i++) {
      last = Math.max(last, millis.get((first + i) % PARTS));
    }
    return last;
  }
}
