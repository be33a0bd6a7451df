package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import dev.rondo.config.StorageConfig.Durability;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns what many askers want stored into one batch, and one fsync. Belongs to the writer.
 *
 * <p>Every entry is decided for itself; the batch is then written as a whole. Nobody may be told of
 * a decision before that.
 */
final class GroupCommit implements AutoCloseable {

  private final RecordStage records;
  private final HintShelf hints;
  private final NoteBook notes;
  private final Gate gate;
  private final Surroundings.Writing writing;
  private final boolean syncs;
  private final WriteBatch batch = new WriteBatch();
  private boolean unsynced;
  private boolean tried;

  GroupCommit(
      RecordStage records,
      HintShelf hints,
      NoteBook notes,
      Gate gate,
      Surroundings.Writing writing,
      Durability durability) {
    this.records = records;
    this.hints = hints;
    this.notes = notes;
    this.gate = gate;
    this.writing = writing;
    this.syncs = durability == Durability.SYNC;
  }

  /** Counts what is stored; before the first batch, and after the engine was opened again. */
  void restore(Engine engine) throws RocksDBException {
    records.restore(engine);
    hints.restore(engine);
    notes.restore(engine);
  }

  /** The engine is about to be closed. */
  void letGo() {
    records.letGo();
  }

  /** Decides and writes; when it throws, nothing of it counts. */
  void commit(Engine engine, List<StoreRequest> requests) throws RocksDBException {
    clear();
    if (gate.takesAny()) {
      records.begin(engine);
    }
    for (StoreRequest request : requests) {
      List<Storing.Entry> entries = request.entries();
      for (int i = 0; i < entries.size(); i++) {
        Storing.Entry entry = entries.get(i);
        Storing.Result.Refusal refusal = gate.refusal(entry);
        request.decide(i, refusal != null ? refusal : stage(engine, entry));
      }
    }
    write(engine);
  }

  /** Whether the last batch was handed to the engine, whatever became of it there. */
  boolean wasTried() {
    return tried;
  }

  /** Drops hints that are too old. */
  void sweepHints(Engine engine) throws RocksDBException {
    clear();
    if (hints.sweep(engine, batch)) {
      write(engine);
    }
  }

  /** With {@link Durability#INTERVAL}, brings what was written since the last time to the disk. */
  void syncPending(Engine engine) throws RocksDBException {
    if (unsynced) {
      engine.sync();
      unsynced = false;
    }
  }

  private Storing.Result stage(Engine engine, Storing.Entry entry) throws RocksDBException {
    if (entry instanceof Storing.Entry.Put put) {
      return records.put(engine, batch, put);
    }
    if (entry instanceof Storing.Entry.Hint hint) {
      return hints.keep(engine, batch, hint);
    }
    if (entry instanceof Storing.Entry.Forget forget) {
      return records.forget(engine, batch, forget);
    }
    if (entry instanceof Storing.Entry.Delivered delivered) {
      hints.release(engine, batch, delivered);
    } else if (entry instanceof Storing.Entry.Note note) {
      notes.stage(engine, batch, note);
    }
    return Storing.Result.Done.DURABLE;
  }

  private void write(Engine engine) throws RocksDBException {
    records.seal(engine, batch);
    if (batch.count() > 0) {
      // Notes are promises that must outlive a power cut, whatever is configured for the data.
      boolean sync = syncs || notes.isStaged();
      tried = true;
      writing.write(engine, batch, sync);
      unsynced = !sync;
    }
    records.written();
    hints.written();
    notes.written();
  }

  private void clear() {
    tried = false;
    batch.clear();
    records.clear();
    notes.clear();
  }

  @Override
  public void close() {
    batch.close();
  }
}
