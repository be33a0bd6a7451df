package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's write and what can become of it. */
public final class Writing {

  private Writing() {}

  /**
   * A PUT, or with a null {@code content} a DELETE.
   *
   * @param w copies to wait for; 0 for the cluster's own setting
   * @param sloppy whether hints count
   * @param timeoutMillis how long the client waits
   * @param traced whether acknowledgements that come after the answer are told, see {@link
   *     LateAcknowledgement}
   */
  public record Write(
      Key key,
      @Nullable Content content,
      int w,
      boolean sloppy,
      long timeoutMillis,
      Condition condition,
      boolean traced) {

    /** A write that nobody follows any further. */
    public Write(
        Key key,
        @Nullable Content content,
        int w,
        boolean sloppy,
        long timeoutMillis,
        Condition condition) {
      this(key, content, w, sloppy, timeoutMillis, condition, false);
    }
  }

  /** A value and its media type (empty for none). */
  public record Content(String contentType, Bytes value) {}

  /** What must hold of the key for the write to go ahead, by a quorum read before it. */
  public sealed interface Condition {

    /** No condition. */
    enum Always implements Condition {
      ALWAYS
    }

    /** The key must not exist (If-None-Match: *). */
    enum Absent implements Condition {
      ABSENT
    }

    /** The key must exist (If-Match: *). */
    enum Present implements Condition {
      PRESENT
    }

    /** The key must have one of these versions (If-Match). */
    record Matches(List<Version> versions) implements Condition {
      public Matches {
        versions = List.copyOf(versions);
      }
    }
  }

  /** A write with the version that the worker which took it in has stamped. */
  public record Forwarded(Write write, Version version) {}

  /** What became of a write. */
  public sealed interface Outcome {

    /**
     * Enough workers hold it durably.
     *
     * @param replicas how many did when the answer was sent, stand-ins included
     * @param hinted how many of them are stand-ins
     * @param coordinator the worker that counted
     * @param acknowledgements who had it and how long that took, for those that were in time
     */
    record Acknowledged(
        Version version,
        int replicas,
        int hinted,
        int w,
        int n,
        Note note,
        int coordinator,
        List<Acknowledgement> acknowledgements)
        implements Outcome {
      public Acknowledged {
        acknowledgements = List.copyOf(acknowledgements);
      }
    }

    /** The condition does not hold; nothing was written. The version held, NONE for nothing. */
    record ConditionFailed(Version held) implements Outcome {}

    /** Replicas hold a newer version; nobody was told anything. Only between workers. */
    record Superseded(Version newest) implements Outcome {}

    /** Too few workers are in reach; nothing was sent. */
    record QuorumUnavailable(int required, int available) implements Outcome {}

    /** Too few workers confirmed in time; some may have it. */
    record Unknown(int required, int confirmed) implements Outcome {}

    /** The parameter is impossible under the configuration in force. */
    record Impossible(String detail) implements Outcome {}

    /** Nothing was sent, for a reason of this worker alone. */
    enum Refused implements Outcome {
      DISK_FULL,
      OVERLOADED,
      STORAGE_FAILED,
      /** Nobody in reach has a clock to stamp by. */
      UNSTAMPED,
      /** This worker is not fit to coordinate (between workers: ask another owner). */
      NOT_COORDINATING
    }
  }

  /** One acknowledgement: by whom, for whom (another worker's id for a hint), after how long. */
  public record Acknowledgement(int holder, int owner, long micros) {}

  /** How far replication was when the answer was sent. */
  public enum Note {
    BACKGROUND_WRITE_ACTIVE,
    FULLY_REPLICATED,
    HINTED
  }
}
