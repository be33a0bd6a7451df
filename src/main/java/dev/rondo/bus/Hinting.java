package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;

/** Hints that wait at this worker for the return of another. */
public final class Hinting {

  private Hinting() {}

  /** The oldest hints for a worker, at most {@code limit}, behind sequence {@code after}. */
  public record Waiting(int owner, long after, int limit) {}

  /** One hint; sequences rise in the order of arrival. */
  public record Hint(long sequence, Key key, StoredRecord record) {}

  /** Asks whether anything waits here that was written under the key, for whomever. */
  public record Search(Key key) {}

  /** The latest version that waits here; NONE for none. */
  public record Kept(Version latest) {}

  /** Hints in the order of arrival; empty when there are none. */
  public record Hints(List<Hint> hints) {
    public Hints {
      hints = List.copyOf(hints);
    }
  }
}
