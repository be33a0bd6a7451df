package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;

/** A client's read and what can become of it. */
public final class Reading {

  private Reading() {}

  /**
   * A GET.
   *
   * @param r owners to ask; 0 for the cluster's own setting
   * @param timeoutMillis how long the client waits
   */
  public record Read(Key key, int r, long timeoutMillis) {

    /** The same with so much time left. */
    public Read within(long millisLeft) {
      return millisLeft == timeoutMillis ? this : new Read(key, r, Math.max(1, millisLeft));
    }
  }

  /** What became of a read. */
  public sealed interface Outcome {

    /** The newest live value that R owners knew of. */
    record Found(StoredRecord record, int coordinator) implements Outcome {}

    /** R owners know of nothing, or of a deletion with this version. */
    record NotFound(Version tombstone, int coordinator) implements Outcome {}

    /** Too few owners are in reach. */
    record QuorumUnavailable(int required, int available) implements Outcome {}

    /** Too few owners answered in time. */
    record TimedOut(int required, int answered) implements Outcome {}

    /** The parameter is impossible under the configuration in force. */
    record Impossible(String detail) implements Outcome {}

    /** Not answered, for a reason of this worker alone. */
    enum Refused implements Outcome {
      OVERLOADED,
      STORAGE_FAILED,
      NOT_COORDINATING
    }
  }
}
