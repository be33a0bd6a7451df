package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.List;

/** Where a key lives and what each of its workers holds of it at this moment. */
public final class Locating {

  private Locating() {}

  /** Asks about one key. */
  public record Locate(Key key) {}

  /** How a worker is, as the one that was asked sees it. */
  public enum Condition {
    ONLINE,
    /** It answers, and has not caught up since it was away. */
    RECOVERING,
    /** It is out of reach, or did not answer. */
    OFFLINE
  }

  /**
   * A worker.
   *
   * @param version an owner's copy, the hint of one that stands in; NONE for nothing or no answer
   */
  public record Place(int worker, Condition condition, Version version) {}

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
