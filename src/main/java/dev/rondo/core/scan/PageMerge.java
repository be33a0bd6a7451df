package dev.rondo.core.scan;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One page of a whole cluster, out of a page of each worker that start at the same key.
 *
 * <p>Of a key that several workers hold the newest version wins, a deletion like any other. Nothing
 * is known of keys behind the end of the shortest page, so the merged one ends there too.
 *
 * @param <T> what a worker says of a key
 */
public final class PageMerge<T> {

  /** The entries, and where the next page starts; null behind the last one. */
  public record Merged<T>(List<T> entries, @Nullable Bytes next) {}

  private final Function<T, Key> key;
  private final Function<T, Version> version;
  private final NavigableMap<Key, T> newest = new TreeMap<>();
  private @Nullable Bytes frontier;

  /** An empty page; the functions tell the key and the version of an entry. */
  public PageMerge(Function<T, Key> key, Function<T, Version> version) {
    this.key = key;
    this.version = version;
  }

  /** Adds the page of one worker; {@code next} is null where it has nothing behind it. */
  public void add(List<T> page, @Nullable Bytes next) {
    for (T entry : page) {
      newest.merge(key.apply(entry), entry, this::newer);
    }
    if (next != null && (frontier == null || next.compareTo(frontier) < 0)) {
      frontier = next;
    }
  }

  /** The first {@code limit} entries that are wanted. */
  public Merged<T> merged(int limit, Predicate<T> wanted) {
    List<T> entries = new ArrayList<>();
    for (Map.Entry<Key, T> entry : newest.entrySet()) {
      Bytes name = entry.getKey().bytes();
      if (frontier != null && name.compareTo(frontier) >= 0) {
        break;
      }
      if (wanted.test(entry.getValue())) {
        if (entries.size() == limit) {
          return new Merged<>(entries, name);
        }
        entries.add(entry.getValue());
      }
    }
    return new Merged<>(entries, frontier);
  }

  private T newer(T one, T other) {
    return version.apply(other).isAfter(version.apply(one)) ? other : one;
  }
}
