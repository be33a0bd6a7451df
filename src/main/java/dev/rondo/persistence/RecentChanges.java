package dev.rondo.persistence;

import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last few keys that changed here. The writer notes them, and shows them once they are written.
 */
final class RecentChanges {

  private final Deque<Storing.Entry.Put> staged = new ArrayDeque<>(RecentChange.MAX);
  private final Set<Key> forgotten = new HashSet<>();
  private final Map<Key, RecentChange> changes = new LinkedHashMap<>();
  private volatile List<RecentChange> newestFirst = List.of();

  /** For any thread. */
  List<RecentChange> newestFirst() {
    return newestFirst;
  }

  /** The batch is to contain this. */
  void stage(Storing.Entry.Put put) {
    if (staged.size() == RecentChange.MAX) {
      staged.removeFirst();
    }
    staged.addLast(put);
  }

  /** The batch is to remove the key, with whatever it contains of it before. */
  void forget(Key key) {
    staged.removeIf(put -> put.key().equals(key));
    if (changes.containsKey(key)) {
      forgotten.add(key);
    }
  }

  /** The batch is written. */
  void written() {
    if (staged.isEmpty() && forgotten.isEmpty()) {
      return;
    }
    long now = System.currentTimeMillis();
    changes.keySet().removeAll(forgotten);
    staged.forEach(put -> remember(put.key(), put.record(), now));
    List<RecentChange> reversed = new ArrayList<>(changes.values());
    Collections.reverse(reversed);
    newestFirst = List.copyOf(reversed);
  }

  /** The batch is over, or was not written. */
  void clear() {
    staged.clear();
    forgotten.clear();
  }

  /** Goes on with what another one has noted. */
  void resume(List<RecentChange> noted) {
    List<RecentChange> oldestFirst = new ArrayList<>(noted);
    Collections.reverse(oldestFirst);
    oldestFirst.forEach(change -> changes.put(change.key(), change));
    newestFirst = List.copyOf(noted);
  }

  private void remember(Key key, StoredRecord record, long now) {
    changes.remove(key);
    long size = record.value().length();
    changes.put(key, new RecentChange(key, record.version(), size, record.isTombstone(), now));
    if (changes.size() > RecentChange.MAX) {
      Iterator<Key> oldest = changes.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
