package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * What the store knows and has promised, in memory as well: as it was read when the store was
 * opened, and as it was written since. It is little, nobody else has it, and so damage to its
 * blocks on the disk must not be the end of it. Belongs to the writer.
 */
final class NoteBook {

  private final Map<Bytes, Bytes> staged = new HashMap<>();
  private @Nullable Map<Bytes, Bytes> notes;

  /** Reads everything; fails when some of it cannot be read. */
  void restore(Engine engine) throws RocksDBException {
    staged.clear();
    notes = null;
    Map<Bytes, Bytes> read = new HashMap<>();
    try (RocksIterator entries = engine.iterate(Family.META)) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        read.put(Bytes.wrap(entries.key()), Bytes.wrap(entries.value()));
      }
      entries.status();
    }
    // The writer counts the keys itself.
    read.remove(Bytes.wrap(Layout.KEY_COUNT));
    notes = read;
  }

  /** Puts a note into the batch; an empty one is taken out of the store. */
  void stage(Engine engine, WriteBatch batch, Storing.Entry.Note note) throws RocksDBException {
    byte[] name = Layout.name(note.name());
    if (note.value().length() == 0) {
      batch.delete(engine.family(Family.META), name);
    } else {
      batch.put(engine.family(Family.META), name, note.value().toArray());
    }
    staged.put(Bytes.wrap(name), note.value());
  }

  /** Whether the batch has a note in it. */
  boolean isStaged() {
    return !staged.isEmpty();
  }

  /** The batch is not written. */
  void clear() {
    staged.clear();
  }

  /** The batch is written. */
  void written() {
    Map<Bytes, Bytes> known = notes;
    if (known != null) {
      known.putAll(staged);
      known.values().removeIf(value -> value.length() == 0);
    }
    staged.clear();
  }

  /** All notes by name; null when they have not been read since the start. */
  @Nullable Map<Bytes, Bytes> all() {
    return notes;
  }
}
