package dev.rondo.bus;

import dev.rondo.core.record.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys whose records this worker holds and cannot read. */
public final class Damaged {

  private Damaged() {}

  /** Some of them, in key order, behind {@code after}; null for the first. */
  public record Ask(@Nullable Key after, int limit) {}

  /** The keys, none behind the last one, and how many there are altogether. */
  public record Keys(List<Key> keys, int count) {
    public Keys {
      keys = List.copyOf(keys);
    }
  }
}
