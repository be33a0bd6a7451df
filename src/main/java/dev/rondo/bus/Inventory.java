package dev.rondo.bus;

import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which versions this worker holds, deletions included, in ring order and in pages. */
public final class Inventory {

  private Inventory() {}

  /**
   * A page of the keys in some of the 2^{@code bits} ranges of the ring that both workers own by
   * the topology, as long as a change goes on by either N.
   *
   * @param ranges in ascending order
   * @param cursor where the page starts, from the page before; EMPTY for the first
   */
  public record Shared(
      Topology topology, int one, int other, int bits, List<Integer> ranges, Bytes cursor) {
    public Shared {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * A page of the keys in some buckets of the topology's ring; see {@code core.merkle}.
   *
   * @param cursor where the page starts, from the page before; EMPTY for the first
   */
  public record Buckets(Topology topology, List<Integer> buckets, Bytes cursor) {
    public Buckets {
      buckets = List.copyOf(buckets);
    }
  }

  /** A page of the keys that are held here although the worker does not own them. */
  public record Surplus(Topology topology, int worker, Bytes cursor) {}

  /**
   * A key and the version that is held of it.
   *
   * @param ripe whether it is a tombstone that is known to be everywhere, and may go: those who
   *     lack it need not be sent it
   */
  public record Item(Key key, Version version, boolean ripe) {

    /** A key whose version others need to have. */
    public Item(Key key, Version version) {
      this(key, version, false);
    }
  }

  /**
   * The items, and the cursor of the next page; null behind the last one. A page may be empty
   * without being the last.
   */
  public record Page(List<Item> items, @Nullable Bytes next) {
    public Page {
      items = List.copyOf(items);
    }
  }
}
