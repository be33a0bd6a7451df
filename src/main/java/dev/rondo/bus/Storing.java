package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/** Making things durable: many entries, one fsync, one result each. */
public final class Storing {

  private Storing() {}

  /**
   * Entries to store together with whatever else is waiting; each succeeds or is refused alone.
   * Where nobody can say what became of them, there is a failure instead of results: they may be
   * stored.
   */
  public record Store(List<Entry> entries) {
    public Store {
      entries = List.copyOf(entries);
    }
  }

  /** Something to make durable. */
  public sealed interface Entry {

    /** A copy of a key that this worker keeps, unless it holds a newer one. */
    record Put(Key key, StoredRecord record) implements Entry {}

    /** A copy kept for another worker until that one is back. */
    record Hint(int owner, Key key, StoredRecord record) implements Entry {}

    /** The owner has confirmed these hints, by their sequence numbers. */
    record Delivered(int owner, List<Long> sequences) implements Entry {
      public Delivered {
        sequences = List.copyOf(sequences);
      }
    }

    /**
     * A copy that this worker keeps no longer, deletions included: it is removed without a trace if
     * the version held is exactly this one.
     */
    record Forget(Key key, Version version) implements Entry {}

    /** A small named value; EMPTY forgets it. */
    record Note(String name, Bytes value) implements Entry {}
  }

  /** The results, in the order of the entries. */
  public record Stored(List<Result> results) {
    public Stored {
      results = List.copyOf(results);
    }

    /** Fails where anything was refused, and names {@code what}. */
    public Future<Void> orFail(String what) {
      for (Result result : results) {
        if (result instanceof Result.Refusal refusal) {
          return Future.failedFuture(new IOException(what + ": " + refusal));
        }
      }
      return Future.succeededFuture();
    }
  }

  /** What became of one entry. */
  public sealed interface Result {

    /** It is durable here (or was already, with the same version). */
    enum Done implements Result {
      DURABLE
    }

    /** A newer version is held (to forget: another one); nothing was changed. */
    record Newer(Version version) implements Result {}

    /** Nothing was stored, and nothing will be. */
    enum Refusal implements Result {
      /** Below the reserve of free space. */
      DISK_FULL,
      /** The queue is full. */
      OVERLOADED,
      /** The hint store is full. */
      HINTS_FULL,
      /** The version is too far in the future. */
      CLOCK_DRIFT,
      /** The storage has failed; the worker serves no more. */
      STORAGE_FAILED
    }
  }
}
