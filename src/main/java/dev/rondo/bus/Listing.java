package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.RecordHead;
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
   * @param values with the values, which take up memory
   */
  public record Page(
      Bytes prefix, Bytes from, Bytes end, int limit, long bytesMax, Scope scope, boolean values) {

    /** The most that a page should hold. */
    public static final long BYTES_MAX = 8 << 20;

    /** A page without an end of its own. */
    public Page(Bytes prefix, Bytes from, int limit, Scope scope, boolean values) {
      this(prefix, from, Bytes.EMPTY, limit, BYTES_MAX, scope, values);
    }
  }

  /**
   * A record, a tombstone, or (where {@code hintFor} is not null) a hint held for that worker.
   *
   * @param record null unless values were asked for
   */
  public record Item(
      Key key, RecordHead head, @Nullable StoredRecord record, @Nullable Integer hintFor) {

    /** The item of a record, of which only the head is kept unless {@code whole} is set. */
    public static Item of(Key key, StoredRecord record, boolean whole, @Nullable Integer hintFor) {
      return new Item(key, record.head(), whole ? record : null, hintFor);
    }
  }

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
