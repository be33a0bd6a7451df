package dev.rondo.vault;

import dev.rondo.bus.Handover;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.core.hint.HintLedger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a store beside what is in it, so that the next generation need not count again.
 * The database itself is in the {@link Vault}.
 *
 * @param outOfSpace the engine ran out of space and writes nothing before it is opened again
 * @param damaged shared with readers of the generation before, which may still find some
 * @param setAside where a corrupt store was moved to at the start; null when there was none
 */
public record StoreState(
    Health health,
    boolean outOfSpace,
    Keys keys,
    Hints hints,
    LostKeys damaged,
    List<RecentChange> recent,
    Sizes sizes,
    @Nullable String setAside)
    implements Handover {

  public StoreState {
    recent = List.copyOf(recent);
  }

  /** How many keys have a value, and how many a tombstone. */
  public record Keys(long live, long tombstones) {}

  /**
   * The hints that wait.
   *
   * @param oldest of each owner that has any
   */
  public record Hints(HintLedger.Books books, Map<Integer, Oldest> oldest, long nextSequence) {
    public Hints {
      oldest = Map.copyOf(oldest);
    }
  }

  /** No hint of the owner has a lower sequence, or is older. */
  public record Oldest(long sequence, long createdAt) {}

  /** What takes up how much, in bytes. */
  public record Sizes(long onDisk, long memtables, long cache, long tables) {

    /** Before anything was measured. */
    public static final Sizes UNKNOWN = new Sizes(0, 0, 0, 0);
  }
}
