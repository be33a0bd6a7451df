package dev.rondo.vault;

import dev.rondo.core.record.Key;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys whose records are damaged or lost, in their order and no more than a limit. Shared by
 * the threads of all generations; a reader of the one before may still find some.
 */
public final class LostKeys {

  private final int limit;
  private final NavigableSet<Key> keys = new ConcurrentSkipListSet<>();

  /** The set counts itself only by a walk through it. */
  private final AtomicInteger count = new AtomicInteger();

  /** None, and room for so many. */
  public LostKeys(int limit) {
    this.limit = limit;
  }

  /** Adds a key; false where it is there already, or there is no room for it. */
  public boolean add(Key key) {
    boolean added = count.get() < limit && keys.add(key);
    if (added) {
      count.incrementAndGet();
    }
    return added;
  }

  /** Takes a key out, if it is there. */
  public void remove(Key key) {
    if (!keys.isEmpty() && keys.remove(key)) {
      count.decrementAndGet();
    }
  }

  /** Whether the key is there. */
  public boolean contains(Key key) {
    return !keys.isEmpty() && keys.contains(key);
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** All of them, as they come and go. */
  public NavigableSet<Key> inOrder() {
    return Collections.unmodifiableNavigableSet(keys);
  }
}
