package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.List;

/** Where a key lives and what each of its workers holds of it at this moment. */
public final class Locating {

  private Locating() {}

  /** Asks about one key. */
  public record Locate(Key key) {}

  /** A worker, whether it answered, and what it holds (NONE for nothing or no answer). */
  public record Place(int worker, boolean online, Version version) {}

  /**
   * The owners, by either N while it changes, in order of preference, then the workers that stand
   * in for them.
   */
  public record Located(List<Place> owners, List<Place> standIns) {
    public Located {
      owners = List.copyOf(owners);
      standIns = List.copyOf(standIns);
    }
  }
}
