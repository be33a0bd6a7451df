package dev.rondo.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Pages of several workers, put together. */
class PageMergeProperties {

  private record Entry(Key key, Version version, boolean live) {}

  /** Workers with some of the versions of some keys each. */
  private static List<NavigableMap<Key, Entry>> workers(Random random, int keys) {
    List<NavigableMap<Key, Entry>> workers =
        List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (int i = 0; i < keys; i++) {
      Key key = Key.of("k" + random.nextInt(3 * keys));
      for (NavigableMap<Key, Entry> worker : workers) {
        if (random.nextInt(3) > 0) {
          int age = random.nextInt(4);
          worker.put(key, new Entry(key, Version.of(1000 + age, 0, age), age % 3 != 0));
        }
      }
    }
    return workers;
  }

  private static List<Entry> expected(List<NavigableMap<Key, Entry>> workers) {
    Map<Key, Entry> newest = new HashMap<>();
    for (NavigableMap<Key, Entry> worker : workers) {
      worker.forEach(
          (key, entry) ->
              newest.merge(key, entry, (a, b) -> b.version().isAfter(a.version()) ? b : a));
    }
    return new TreeMap<>(newest).values().stream().filter(Entry::live).toList();
  }

  @Property(tries = 300)
  void paging_shows_every_live_key_once_in_order_whatever_the_pages(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int keys,
      @ForAll @IntRange(min = 1, max = 7) int limit) {
    Random random = new Random(seed);
    List<NavigableMap<Key, Entry>> workers = workers(random, keys);
    List<Entry> shown = new ArrayList<>();
    Bytes from = Bytes.EMPTY;
    while (from != null) {
      PageMerge.Merged<Entry> page = page(workers, from, limit, random);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      shown.addAll(page.entries());
      if (page.next() != null) {
        assertThat(page.next()).isGreaterThan(from);
      }
      from = page.next();
    }
    assertThat(shown).isEqualTo(expected(workers));
  }

  /** Every worker's page ends where it likes, but holds at least one entry. */
  private static PageMerge.Merged<Entry> page(
      List<NavigableMap<Key, Entry>> workers, Bytes from, int limit, Random random) {
    PageMerge<Entry> merge = new PageMerge<>(Entry::key, Entry::version);
    for (NavigableMap<Key, Entry> worker : workers) {
      List<Entry> rest =
          worker.values().stream()
              .filter(entry -> entry.key().bytes().compareTo(from) >= 0)
              .toList();
      int size = Math.min(rest.size(), 1 + random.nextInt(limit));
      @Nullable Bytes next = size < rest.size() ? rest.get(size).key().bytes() : null;
      merge.add(rest.subList(0, size), next);
    }
    return merge.merged(limit, Entry::live);
  }
}
