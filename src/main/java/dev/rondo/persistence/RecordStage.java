package dev.rondo.persistence;

import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.vault.StoreState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Copies on their way into the store: decides by version which of them a batch takes, among those
 * before it in the same batch as well as against what is stored. Belongs to the writer.
 */
final class RecordStage {

  private final DamagedKeys damaged;
  private final Trees trees;
  private final Tombstones tombstones;
  private final Copies copies;
  private final Map<Key, @Nullable IndexEntry> staged = new HashMap<>();
  private final byte[] entry = new byte[IndexEntry.SIZE];
  private final RecentChanges recent = new RecentChanges();
  private volatile KeyCount committed = new KeyCount(0, 0);
  private long liveAdded;
  private long tombstonesAdded;

  RecordStage(DamagedKeys damaged, Trees trees, Tombstones tombstones) {
    this.tombstones = tombstones;
    this.damaged = damaged;
    this.trees = trees;
    this.copies = new Copies(damaged);
  }

  /** Counts what is stored; also after the engine was opened again. */
  void restore(Engine engine) throws RocksDBException {
    clear();
    trees.lose();
    committed = KeyCount.restore(engine);
  }

  /** The engine is about to be closed. */
  void letGo() {
    trees.endBuild();
  }

  /** Goes on where another one stopped. */
  void resume(StoreState.Keys keys, List<RecentChange> noted) {
    committed = new KeyCount(keys.live(), keys.tombstones());
    recent.resume(noted);
  }

  /** The figures, for any thread. */
  KeyCount count() {
    return committed;
  }

  /** The last keys that changed, for any thread. */
  List<RecentChange> recent() {
    return recent.newestFirst();
  }

  /** The batch before is written or given up, and another one begins. */
  void begin(Engine engine) {
    clear();
    trees.betweenBatches(engine);
  }

  /** Puts the record into the batch, unless a newer one is held. */
  Storing.Result put(Engine engine, WriteBatch batch, Storing.Entry.Put put)
      throws RocksDBException {
    Key key = put.key();
    byte[] indexKey = Layout.indexKey(key);
    IndexEntry held = held(engine, key, indexKey);
    if (held != null) {
      int order = put.record().version().compareTo(held.version());
      if (order < 0) {
        return new Storing.Result.Newer(held.version());
      }
      if (order == 0 && isIntact(engine, put)) {
        damaged.healed(key);
        return Storing.Result.Done.DURABLE;
      }
    }
    IndexEntry next = IndexEntry.of(put.record());
    if (next.tombstone()) {
      tombstones.comes(key, next.version());
    }
    next.write(entry);
    batch.put(engine.family(Family.INDEX), indexKey, entry);
    batch.put(
        engine.family(Family.RECORDS), key.bytes().toArray(), put.record().encoded().toArray());
    staged.put(key, next);
    recent.stage(put);
    trees.stage(key, held, next);
    count(held, -1);
    count(next, 1);
    return Storing.Result.Done.DURABLE;
  }

  /**
   * Whether the very version is there and can be read. The index alone does not tell: who sends it
   * once more may remove its own copy because of the answer.
   */
  private boolean isIntact(Engine engine, Storing.Entry.Put put) {
    return staged.containsKey(put.key())
        || copies.isIntact(engine, put.key(), put.record().version());
  }

  /**
   * Takes the record out of the store, with the batch, if it has exactly the version given. That is
   * decided in the order of the batch, so that a newer copy which comes at the same time stays.
   */
  Storing.Result forget(Engine engine, WriteBatch batch, Storing.Entry.Forget forget)
      throws RocksDBException {
    Key key = forget.key();
    byte[] indexKey = Layout.indexKey(key);
    IndexEntry held = held(engine, key, indexKey);
    if (held == null) {
      return Storing.Result.Done.DURABLE;
    }
    if (!held.version().equals(forget.version())) {
      return new Storing.Result.Newer(held.version());
    }
    batch.delete(engine.family(Family.INDEX), indexKey);
    batch.delete(engine.family(Family.RECORDS), key.bytes().toArray());
    staged.put(key, null);
    recent.forget(key);
    trees.stage(key, held, null);
    count(held, -1);
    return Storing.Result.Done.DURABLE;
  }

  /** Adds to the batch what belongs to the records in it. */
  void seal(Engine engine, WriteBatch batch) throws RocksDBException {
    if (liveAdded != 0 || tombstonesAdded != 0) {
      KeyCount next = committed.plus(liveAdded, tombstonesAdded);
      batch.put(engine.family(Family.META), Layout.KEY_COUNT, next.encoded());
    }
  }

  /** The batch is written. */
  void written() {
    committed = committed.plus(liveAdded, tombstonesAdded);
    staged.keySet().forEach(damaged::healed);
    recent.written();
    trees.written();
    clear();
  }

  /** The batch is not written. */
  void clear() {
    staged.clear();
    recent.clear();
    trees.clear();
    liveAdded = 0;
    tombstonesAdded = 0;
  }

  private @Nullable IndexEntry held(Engine engine, Key key, byte[] indexKey)
      throws RocksDBException {
    return staged.containsKey(key) ? staged.get(key) : stored(engine, key, indexKey);
  }

  private @Nullable IndexEntry stored(Engine engine, Key key, byte[] indexKey)
      throws RocksDBException {
    try {
      int length = engine.get(Family.INDEX, indexKey, entry);
      return length == IndexEntry.SIZE ? IndexEntry.read(entry) : null;
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT) {
        throw failure;
      }
      damaged.found(key, failure);
      return recorded(engine, key);
    }
  }

  /** What the record itself says; where it is lost as well, any copy is better than none. */
  private static @Nullable IndexEntry recorded(Engine engine, Key key) {
    try {
      byte[] record = engine.get(Family.RECORDS, key.bytes().toArray());
      return record == null ? null : IndexEntry.of(StoredRecord.decode(key, Bytes.wrap(record)));
    } catch (RocksDBException | CorruptRecord lost) {
      return null;
    }
  }

  private void count(@Nullable IndexEntry of, int change) {
    if (of != null && of.tombstone()) {
      tombstonesAdded += change;
    } else if (of != null) {
      liveAdded += change;
    }
  }
}
