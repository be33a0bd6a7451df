package dev.rondo.bus;

import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;

/** What a worker itself holds of a key, without asking anybody. */
public final class Holding {

  private Holding() {}

  /** What is wanted of a key. */
  public enum Want {
    /** The whole record. */
    RECORD,
    /** Its version, as the index says. */
    VERSION,
    /** Its version, after the whole record was read and verified. */
    INTACT
  }

  /** One key to look up. */
  public record Item(Key key, Want want) {}

  /** Keys to look up together. */
  public record Lookup(List<Item> items) {
    public Lookup {
      items = List.copyOf(items);
    }
  }

  /** The answers, in the order of the items. */
  public record Held(List<Answer> answers) {
    public Held {
      answers = List.copyOf(answers);
    }
  }

  /** What is held of one key. */
  public sealed interface Answer {

    /** The whole record, which may be a tombstone. */
    record Whole(StoredRecord record) implements Answer {}

    /** Only its version. */
    record VersionOnly(Version version) implements Answer {}

    /**
     * Nothing is held. {@code counts} is false at a worker that lost its data and is not rebuilt
     * yet: it does not know.
     */
    record Nothing(boolean counts) implements Answer {}

    /** Something is held that is not intact, or cannot be read. */
    record Unreadable(String reason) implements Answer {}

    /** The queue of reads is full, or too many large records were asked for at once. */
    enum Overloaded implements Answer {
      OVERLOADED
    }
  }
}
