package dev.rondo.persistence;

import dev.rondo.bus.Listing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The hints that belong in one page of a listing. Hints are stored in the order of arrival, so that
 * all of them have to be looked through; no more are kept at a time than the page can hold.
 */
final class HintRows {

  private final Listing.Page page;
  private final Bytes start;
  private final TreeMap<Key, TreeMap<Integer, StoredRecord>> rows = new TreeMap<>();
  private @Nullable Bytes end;
  private long bytes;

  private HintRows(Listing.Page page, Bytes start, @Nullable Bytes end) {
    this.page = page;
    this.start = start;
    this.end = end;
  }

  /** Collects from {@code start} to before {@code end}; null is the end of all keys. */
  static HintRows collect(Engine engine, Listing.Page page, Bytes start, @Nullable Bytes end)
      throws RocksDBException {
    HintRows collected = new HintRows(page, start, end);
    try (RocksIterator hints = engine.iterate(Family.HINTS)) {
      for (hints.seekToFirst(); hints.isValid(); hints.next()) {
        collected.visit(Layout.ownerOf(hints.key()), hints.value());
      }
      hints.status();
    }
    return collected;
  }

  /** What was collected; its hints are all before {@link #end}. */
  List<Listing.Item> items() {
    List<Listing.Item> items = new ArrayList<>();
    rows.forEach((key, row) -> row.forEach((owner, record) -> items.add(item(key, record, owner))));
    return items;
  }

  private Listing.Item item(Key key, StoredRecord record, int owner) {
    return Listing.Item.of(key, record, page.values(), owner);
  }

  /** Where the page has to end so that no hint is left out; null for the end of all keys. */
  @Nullable Bytes end() {
    return end;
  }

  private void visit(int owner, byte[] hint) {
    try {
      Key key = Layout.hintedKey(hint);
      if (isInPage(key.bytes())) {
        keep(key, owner, Layout.hintedRecord(key, hint));
        shrink();
      }
    } catch (CorruptRecord | IllegalArgumentException damaged) {
      // The delivery of hints reports it.
    }
  }

  /** Of hints for one owner the newest, which need not have come last. */
  private void keep(Key key, int owner, StoredRecord record) {
    var row = rows.computeIfAbsent(key, k -> new TreeMap<>());
    StoredRecord other = row.get(owner);
    if (other == null || record.version().isAfter(other.version())) {
      row.put(owner, record);
      bytes += size(record) - (other == null ? 0 : size(other));
    }
  }

  private boolean isInPage(Bytes key) {
    return key.startsWith(page.prefix())
        && key.compareTo(start) >= 0
        && (end == null || key.compareTo(end) < 0)
        && (page.end().length() == 0 || key.compareTo(page.end()) < 0);
  }

  private void shrink() {
    while (rows.size() > page.limit() || (bytes > page.bytesMax() && rows.size() > 1)) {
      var last = rows.pollLastEntry();
      end = last.getKey().bytes();
      last.getValue().values().forEach(record -> bytes -= size(record));
    }
  }

  private static long size(StoredRecord record) {
    return record.encoded().length();
  }
}
