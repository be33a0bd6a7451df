package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paging through what one worker holds, in key order. */
public final class Listing {

  private Listing() {}

  /** What a page shows. */
  public enum Scope {
    /** Live records. */
    LIVE,
    /** Records, deleted ones too. */
    RECORDS,
    /** Records, deleted ones too, and hints. */
    ALL
  }

  /**
   * A page.
   *
   * @param prefix keys that start with this; EMPTY for all
   * @param from the first key that may be in the page, inclusive; EMPTY for the first of all
   * @param end the first key that is not wanted any more; EMPTY for no end
   * @param limit items at most, 1 to 1000
   * @param bytesMax how much the page holds at most, beside its first record
   */
  public record Page(Bytes prefix, Bytes from, Bytes end, int limit, long bytesMax, Scope scope) {

    /** The most that a page should hold. */
    public static final long BYTES_MAX = 8 << 20;

    /** A page without an end of its own. */
    public Page(Bytes prefix, Bytes from, int limit, Scope scope) {
      this(prefix, from, Bytes.EMPTY, limit, BYTES_MAX, scope);
    }
  }

  /** A record, a tombstone, or (where {@code hintFor} is not null) a hint held for that worker. */
  public record Item(Key key, StoredRecord record, @Nullable Integer hintFor) {}

  /**
   * The items, and where the next page starts; null behind the last one.
   *
   * @param whole false when a record was met that cannot be read and is missing in the page
   */
  public record Listed(List<Item> items, @Nullable Bytes next, boolean whole) {
    public Listed {
      items = List.copyOf(items);
    }

    /** A page in which nothing is missing. */
    public Listed(List<Item> items, @Nullable Bytes next) {
      this(items, next, true);
    }
  }
}
