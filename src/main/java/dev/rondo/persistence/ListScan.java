package dev.rondo.persistence;

import dev.rondo.bus.Listing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * One page of what this worker holds, in key order.
 *
 * <p>A key's record comes first, then its hints, the newest for each owner. A page never ends
 * within a key, so that the next one can start at a key; its first key is whole even where that
 * exceeds the limit. Large records and long rows of deleted keys make a page shorter: the end is
 * where {@code next} is null, not where a page is short.
 */
final class ListScan implements EngineSlot.Visit<Listing.Listed> {

  private static final int VISITS_MAX = 50_000;

  /** What one page reads at most, so that the ones behind it do not wait long. */
  private static final long READ_MAX = 32 << 20;

  private static final int BUFFER = 16 << 10;
  private static final int OBJECTS = 100;
  private static final Comparator<Listing.Item> ORDER =
      Comparator.comparing(Listing.Item::key)
          .thenComparing(Listing.Item::hintFor, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Listing.Page page;
  private final DamagedKeys damaged;
  private final List<Listing.Item> items = new ArrayList<>();
  private @Nullable Bytes next;
  private byte[] buffer = new byte[BUFFER];
  private long bytes;
  private long read;
  private boolean whole = true;

  ListScan(Listing.Page page, DamagedKeys damaged) {
    this.page = page;
    this.damaged = damaged;
  }

  @Override
  public Listing.Listed in(Engine engine) throws RocksDBException {
    Bytes start = page.from().compareTo(page.prefix()) > 0 ? page.from() : page.prefix();
    // Asked for first: what is written anew meanwhile is not in the walk that has begun.
    Bytes lost = damaged.firstFrom(start);
    collectRecords(engine, start);
    if (page.scope() == Listing.Scope.ALL) {
      HintRows hints = HintRows.collect(engine, page, start, next);
      items.addAll(hints.items());
      next = hints.end();
      items.sort(ORDER);
      cutAtNext();
      cutAtLimit();
    }
    whole &= !damaged.mayLackOthers() && (lost == null || !isCovered(lost));
    return new Listing.Listed(items, next, whole);
  }

  /** Whether a key from the start of the page on would be in it; also one without a record. */
  private boolean isCovered(Bytes key) {
    return key.startsWith(page.prefix())
        && !isPastEnd(key)
        && (next == null || key.compareTo(next) < 0);
  }

  private void collectRecords(Engine engine, Bytes start) throws RocksDBException {
    int visits = 0;
    try (RocksIterator records = engine.iterate(Family.RECORDS)) {
      for (records.seek(start.toArray()); records.isValid(); records.next()) {
        Bytes key = Bytes.wrap(records.key());
        if (!key.startsWith(page.prefix()) || isPastEnd(key)) {
          return;
        }
        if (isFull() || visits++ == VISITS_MAX) {
          next = key;
          return;
        }
        collect(Key.of(key), records);
      }
      records.status();
    }
  }

  private boolean isFull() {
    return items.size() == page.limit() || bytes >= page.bytesMax() || read >= READ_MAX;
  }

  private boolean isPastEnd(Bytes key) {
    return page.end().length() > 0 && key.compareTo(page.end()) >= 0;
  }

  private void collect(Key key, RocksIterator records) {
    try {
      StoredRecord record = record(key, records);
      read += record.encoded().length();
      if (page.scope() != Listing.Scope.LIVE || !record.isTombstone()) {
        items.add(Listing.Item.of(key, record, page.values(), null));
        bytes += OBJECTS + (page.values() ? record.encoded().length() : 0);
      }
    } catch (CorruptRecord corrupt) {
      damaged.found(key, corrupt);
      whole = false;
    }
  }

  /** The record, intact; without values it lies in the buffer, until the next one is read. */
  private StoredRecord record(Key key, RocksIterator records) throws CorruptRecord {
    if (page.values()) {
      return StoredRecord.decode(key, Bytes.wrap(records.value()));
    }
    int length = records.value(buffer);
    if (length > buffer.length) {
      buffer = new byte[length];
      records.value(buffer);
    }
    return StoredRecord.decode(key, Bytes.wrap(buffer).slice(0, length));
  }

  private void cutAtNext() {
    Bytes end = next;
    if (end != null) {
      items.removeIf(item -> item.key().bytes().compareTo(end) >= 0);
    }
  }

  private void cutAtLimit() {
    if (items.size() <= page.limit()) {
      return;
    }
    int cut = page.limit();
    while (cut > 0 && isSameKey(cut - 1, cut)) {
      cut--;
    }
    if (cut == 0) {
      cut = page.limit();
      while (cut < items.size() && isSameKey(cut - 1, cut)) {
        cut++;
      }
    }
    if (cut < items.size()) {
      next = items.get(cut).key().bytes();
      items.subList(cut, items.size()).clear();
    }
  }

  private boolean isSameKey(int one, int other) {
    return items.get(one).key().equals(items.get(other).key());
  }
}
