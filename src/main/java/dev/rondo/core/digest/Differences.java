package dev.rondo.core.digest;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one worker would have to fetch from another one, and to push to it, so that both hold the
 * newest of everything.
 */
public record Differences(List<Key> fetch, List<Key> push) {

  public Differences {
    fetch = List.copyOf(fetch);
    push = List.copyOf(push);
  }

  /** Whether both hold the same. */
  public boolean isEmpty() {
    return fetch.isEmpty() && push.isEmpty();
  }

  /** Compares what the one holds with what the other one does. */
  public static Differences between(Map<Key, Version> mine, Map<Key, Version> theirs) {
    List<Key> fetch = new ArrayList<>();
    List<Key> push = new ArrayList<>();
    theirs.forEach(
        (key, version) -> {
          if (version.isAfter(mine.getOrDefault(key, Version.NONE))) {
            fetch.add(key);
          }
        });
    mine.forEach(
        (key, version) -> {
          if (version.isAfter(theirs.getOrDefault(key, Version.NONE))) {
            push.add(key);
          }
        });
    return new Differences(fetch, push);
  }
}
