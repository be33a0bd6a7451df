package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import dev.rondo.config.HintsConfig;
import dev.rondo.core.hint.HintLedger;
import dev.rondo.vault.StoreState;
import dev.rondo.vault.StoreState.Oldest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The hints that wait here, as the writer sees them: takes new ones while there is room, lets go of
 * those that were delivered or are too old.
 */
final class HintShelf {

  /** How many old hints one sweep drops at most, so that writes do not wait for it. */
  private static final int SWEEP_MAX = 5_000;

  private final HintLedger ledger;
  private final LongSupplier clockMillis;
  private final Map<Integer, Oldest> oldest = new HashMap<>();
  private final Set<Long> releasedInBatch = new HashSet<>();
  private long nextSequence = 1;
  private volatile HintLedger.Summary summary = HintLedger.Summary.EMPTY;

  HintShelf(HintsConfig config, LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
    ledger = new HintLedger(config.bytesMax(), config.windowSeconds() * 1000L);
  }

  /** Counts what is stored; also after the engine was opened again. */
  void restore(Engine engine) throws RocksDBException {
    ledger.recount();
    oldest.clear();
    releasedInBatch.clear();
    byte[] key = new byte[Layout.HINT_KEY_SIZE];
    byte[] createdAt = new byte[Long.BYTES];
    try (RocksIterator hints = engine.iterate(Family.HINTS)) {
      for (hints.seekToFirst(); hints.isValid(); hints.next()) {
        hints.key(key);
        int size = key.length + hints.value(createdAt);
        noteStored(Layout.ownerOf(key), Layout.sequenceOf(key), Layout.createdAt(createdAt), size);
      }
      hints.status();
    }
    summary = ledger.summary();
  }

  /** Goes on where another one stopped. */
  void resume(StoreState.Hints state) {
    ledger.resume(state.books());
    oldest.putAll(state.oldest());
    nextSequence = state.nextSequence();
    summary = ledger.summary();
  }

  /** For another one to go on. */
  StoreState.Hints state() {
    return new StoreState.Hints(ledger.books(), oldest, nextSequence);
  }

  private void noteStored(int owner, long sequence, long createdAt, long size) {
    ledger.added(owner, size);
    oldest.putIfAbsent(owner, new Oldest(sequence, createdAt));
    nextSequence = Math.max(nextSequence, sequence + 1);
  }

  /** Puts a hint into the batch, if there is room for it. */
  Storing.Result keep(Engine engine, WriteBatch batch, Storing.Entry.Hint hint)
      throws RocksDBException {
    long size = Layout.hintSize(hint.key(), hint.record());
    if (!ledger.hasRoomFor(size)) {
      ledger.dropped(1);
      return Storing.Result.Refusal.HINTS_FULL;
    }
    long sequence = nextSequence;
    long now = clockMillis.getAsLong();
    batch.put(
        engine.family(Family.HINTS),
        Layout.hintKey(hint.owner(), sequence),
        Layout.hint(now, hint.key(), hint.record()));
    noteStored(hint.owner(), sequence, now, size);
    return Storing.Result.Done.DURABLE;
  }

  /** Takes hints that their owner has confirmed out of the store, with the batch. */
  void release(Engine engine, WriteBatch batch, Storing.Entry.Delivered delivered)
      throws RocksDBException {
    byte[] nothing = new byte[0];
    for (long sequence : delivered.sequences()) {
      byte[] key = Layout.hintKey(delivered.owner(), sequence);
      int size = engine.get(Family.HINTS, key, nothing);
      if (size != Engine.NOT_FOUND && releasedInBatch.add(sequence)) {
        batch.delete(engine.family(Family.HINTS), key);
        ledger.removed(delivered.owner(), key.length + (long) size);
      }
    }
  }

  /** Puts the removal of hints past the window into the batch; returns whether there are any. */
  boolean sweep(Engine engine, WriteBatch batch) throws RocksDBException {
    int swept = 0;
    for (Map.Entry<Integer, Oldest> entry : Map.copyOf(oldest).entrySet()) {
      if (isExpired(entry.getValue().createdAt())) {
        swept += sweep(engine, batch, entry.getKey(), entry.getValue().sequence());
      }
    }
    ledger.dropped(swept);
    return swept > 0;
  }

  private int sweep(Engine engine, WriteBatch batch, int owner, long from) throws RocksDBException {
    int swept = 0;
    byte[] key = new byte[Layout.HINT_KEY_SIZE];
    byte[] createdAt = new byte[Long.BYTES];
    try (RocksIterator hints = engine.iterate(Family.HINTS)) {
      hints.seek(Layout.hintKey(owner, from));
      for (; hints.isValid() && hints.key(key) > 0 && Layout.ownerOf(key) == owner; hints.next()) {
        long size = key.length + (long) hints.value(createdAt);
        if (swept == SWEEP_MAX || !isExpired(Layout.createdAt(createdAt))) {
          oldest.put(owner, new Oldest(Layout.sequenceOf(key), Layout.createdAt(createdAt)));
          return swept;
        }
        batch.delete(engine.family(Family.HINTS), key);
        ledger.removed(owner, size);
        swept++;
      }
      hints.status();
    }
    oldest.remove(owner);
    return swept;
  }

  /** The batch is written. */
  void written() {
    releasedInBatch.clear();
    summary = ledger.summary();
  }

  /** The figures, for any thread. */
  HintLedger.Summary summary() {
    return summary;
  }

  /** Whether a hint of this age is past the window, for any thread. */
  boolean isExpired(long createdAt) {
    return ledger.isExpired(createdAt, clockMillis.getAsLong());
  }
}
