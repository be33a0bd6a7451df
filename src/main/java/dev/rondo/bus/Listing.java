package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paging through what one worker holds, in key order. */
public final class Listing {

  private Listing() {}

  /**
   * A page.
   *
   * @param prefix keys that start with this; EMPTY for all
   * @param from the first key that may be in the page, inclusive; EMPTY for the first of all
   * @param limit items at most, 1 to 1000
   * @param all with tombstones and hints
   */
  public record Page(Bytes prefix, Bytes from, int limit, boolean all) {}

  /** A record, a tombstone, or (where {@code hintFor} is not null) a hint held for that worker. */
  public record Item(Key key, StoredRecord record, @Nullable Integer hintFor) {}

  /** The items, and where the next page starts; null behind the last one. */
  public record Listed(List<Item> items, @Nullable Bytes next) {
    public Listed {
      items = List.copyOf(items);
    }
  }
}
