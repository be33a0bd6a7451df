package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paging through whole records in ring order: by position, then by key. */
public final class Ranging {

  private Ranging() {}

  /**
   * A page of the records that {@code worker} owns under the ring in force.
   *
   * @param cursor where the page starts, from the page before; EMPTY for the first
   * @param bytesMax roughly how much the page may hold
   */
  public record Range(int worker, Bytes cursor, int bytesMax) {}

  /** One record under its key. */
  public record Item(Key key, StoredRecord record) {}

  /**
   * The records, and the cursor of the next page; null behind the last one.
   *
   * @param whole false when a record was met that cannot be read and is missing in the page
   */
  public record Ranged(List<Item> items, @Nullable Bytes next, boolean whole) {
    public Ranged {
      items = List.copyOf(items);
    }

    /** A page in which nothing is missing. */
    public Ranged(List<Item> items, @Nullable Bytes next) {
      this(items, next, true);
    }
  }
}
