package dev.rondo.core.hint;

import java.util.Map;
import java.util.TreeMap;

/**
 * The books about all hints that one worker keeps: a count and a size for each owner, and how many
 * had to be dropped.
 *
 * <p>Hints are bounded twice, by their size together and by their age. Losing one costs no
 * acknowledged write its durability elsewhere; anti-entropy brings it to the owner later.
 */
public final class HintLedger {

  private final long bytesMax;
  private final long windowMillis;
  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private long bytes;
  private long dropped;

  /** Empty books with these limits. */
  public HintLedger(long bytesMax, long windowMillis) {
    this.bytesMax = bytesMax;
    this.windowMillis = windowMillis;
  }

  /** How many hints wait for one owner, and their size. */
  public record Tally(long count, long bytes) {

    private Tally plus(long hints, long size) {
      return new Tally(count + hints, bytes + size);
    }
  }

  /** What another one needs to go on with these books, be it with other limits. */
  public record Books(Map<Integer, Tally> tallies, long dropped) {
    public Books {
      tallies = Map.copyOf(tallies);
    }
  }

  /** An immutable copy of the books. */
  public record Summary(Map<Integer, Long> counts, long bytes, long dropped) {

    /** No hint was ever kept. */
    public static final Summary EMPTY = new Summary(Map.of(), 0, 0);

    public Summary {
      counts = Map.copyOf(counts);
    }
  }

  /** Whether a hint of this size still fits. */
  public boolean hasRoomFor(long size) {
    return size <= bytesMax - bytes;
  }

  /** Whether a hint that was kept at {@code createdAt} is past the window. */
  public boolean isExpired(long createdAtMillis, long nowMillis) {
    return nowMillis - createdAtMillis > windowMillis;
  }

  /** A hint was kept. */
  public void added(int owner, long size) {
    bytes += size;
    tallies.merge(owner, new Tally(1, size), (old, one) -> old.plus(1, size));
  }

  /** A hint is gone, because it was delivered or dropped. */
  public void removed(int owner, long size) {
    bytes -= size;
    tallies.computeIfPresent(
        owner, (id, tally) -> tally.count() > 1 ? tally.plus(-1, -size) : null);
  }

  /** So many hints were dropped, or not even taken, past either limit. */
  public void dropped(long hints) {
    dropped += hints;
  }

  /** Forgets what is kept, so that it can be counted again; what was dropped stays known. */
  public void recount() {
    tallies.clear();
    bytes = 0;
  }

  /** Goes on with the books of another one. */
  public void resume(Books books) {
    recount();
    tallies.putAll(books.tallies());
    tallies.values().forEach(tally -> bytes += tally.bytes());
    dropped = books.dropped();
  }

  /** For another one to go on with. */
  public Books books() {
    return new Books(tallies, dropped);
  }

  /** The books as they are now. */
  public Summary summary() {
    Map<Integer, Long> counts = new TreeMap<>();
    tallies.forEach((owner, tally) -> counts.put(owner, tally.count()));
    return new Summary(counts, bytes, dropped);
  }
}
