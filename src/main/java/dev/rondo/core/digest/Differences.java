package dev.rondo.core.digest;

import dev.rondo.core.record.Key;
import java.util.List;

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
}
