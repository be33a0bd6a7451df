package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.RecordHead;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paging through the live keys of the whole cluster, in key order. */
public final class Scanning {

  private Scanning() {}

  /**
   * A page.
   *
   * @param prefix keys that start with this; EMPTY for all
   * @param from the first key that may be in the page, inclusive; EMPTY for the first of all
   * @param end the first key that is not wanted any more; EMPTY for no end
   * @param limit keys at most, 1 to 1000
   * @param values with the values
   * @param bytesMax a page with values ends when it holds so much; the next one goes on there
   */
  public record Scan(
      Bytes prefix,
      Bytes from,
      Bytes end,
      int limit,
      boolean values,
      long bytesMax,
      long timeoutMillis) {

    /** The same from another key on, of another length. */
    public Scan from(Bytes key, int keys) {
      return new Scan(prefix, key, end, keys, values, bytesMax, timeoutMillis);
    }
  }

  /**
   * What a worker holds of a key.
   *
   * @param record null unless values were asked for
   */
  public record Row(Key key, RecordHead head, @Nullable StoredRecord record) {

    /** The row of a record. */
    public static Row of(Key key, StoredRecord record, boolean whole) {
      return new Row(key, record.head(), whole ? record : null);
    }

    /** Its version. */
    public Version version() {
      return head.version();
    }
  }

  /**
   * What one worker holds.
   *
   * @param next where its next page starts; null behind the last one
   * @param counts false at a worker that lost its data and is not rebuilt yet, or cannot read some
   */
  public record Rows(List<Row> rows, @Nullable Bytes next, boolean counts) {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** What became of a scan. */
  public sealed interface Outcome {

    /** Live keys in order, and where the next page starts; null behind the last one. */
    record Page(List<Row> rows, @Nullable Bytes next) implements Outcome {
      public Page {
        rows = List.copyOf(rows);
      }
    }

    /** For some keys fewer than R owners are in reach, so that writes could be missed. */
    record QuorumUnavailable(int answering, int members) implements Outcome {}

    /** More scans are under way than this worker takes. */
    enum Refused implements Outcome {
      OVERLOADED
    }
  }
}
