package dev.rondo.bus;

/**
 * What this worker is fit for.
 *
 * @param identified its storage is known to the cluster as its own, or known to be new
 * @param complete it holds what it ever acknowledged (false while it is rebuilt from its peers)
 * @param caughtUp it has compared what it holds with its peers since it was last away; until then
 *     it takes writes and is asked last for reads
 * @param clockSound its wall clock agrees with its peers', as far as they were heard
 * @param storageOpen its storage serves
 * @param diskFull its disk is below the reserve, so that it reads but stores nothing
 * @param clockOffsetMillis how far the peers' clocks are ahead
 */
public record Fitness(
    boolean identified,
    boolean complete,
    boolean caughtUp,
    boolean clockSound,
    boolean storageOpen,
    boolean diskFull,
    long clockOffsetMillis) {

  /** Nothing is known yet. */
  public static final Fitness STARTING = new Fitness(false, false, true, false, true, false, 0);

  /** Whether it may coordinate; otherwise it passes requests on to another owner. */
  public boolean mayCoordinate() {
    return identified && complete && clockSound && storageOpen;
  }

  /** Whether "I hold nothing" is an answer. */
  public boolean knowsWhatItHolds() {
    return identified && complete && storageOpen;
  }

  /** One thing that was found out. */
  public sealed interface Finding {

    /** The storage is this worker's own, or new. */
    record Identified(boolean identified) implements Finding {}

    /** The worker holds, or no longer misses, all of its data. */
    record Complete(boolean complete) implements Finding {}

    /** The worker was away and has not compared what it holds with its peers; or it has. */
    record CaughtUp(boolean caughtUp) implements Finding {}

    /** What the comparison with the peers' clocks says. */
    record Clock(boolean sound, long offsetMillis) implements Finding {}

    /** Whether the storage serves, and whether it has room to store anything. */
    record Storage(boolean open, boolean diskFull) implements Finding {}
  }
}
