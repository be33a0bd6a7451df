package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;
import org.rocksdb.WriteBatch;

/**
 * Copies all that can be verified from a store with damaged files into a new one.
 *
 * <p>Records and index vouch for each other: the new index is made from the records, and what the
 * old index knows beyond them is lost by name, so that it counts as missing until it is fetched. A
 * key is lost without a name only where both were damaged, or more are lost than can be noted; then
 * the new store says of itself that it has to be rebuilt.
 */
final class Salvage {

  private static final long BATCH_BYTES = 1 << 20;

  private final Engine from;
  private final Engine to;
  private final DamagedKeys damaged;
  private final @Nullable Map<Bytes, Bytes> notes;
  private final Map<Bytes, Bytes> rebuildMarks = new HashMap<>();
  private final WriteBatch batch = new WriteBatch();
  private final byte[] entry = new byte[IndexEntry.SIZE];
  private long records;
  private long lost;
  private boolean allNamed = true;
  private boolean allIntact = true;

  private Salvage(Engine from, Engine to, DamagedKeys damaged, @Nullable Map<Bytes, Bytes> notes) {
    this.from = from;
    this.to = to;
    this.damaged = damaged;
    this.notes = notes;
  }

  /**
   * What was saved.
   *
   * @param lost keys that are known to have been there
   * @param unknown whether others may be lost as well
   */
  record Outcome(long records, long lost, boolean unknown, boolean hintsLost) {}

  /**
   * Copies into an empty store; fails when what the store knows of itself cannot be read.
   *
   * @param notes what it knows of itself, where that is known already
   */
  static Outcome copy(
      Engine from, Engine to, DamagedKeys damaged, @Nullable Map<Bytes, Bytes> notes)
      throws RocksDBException {
    Salvage salvage = new Salvage(from, to, damaged, notes);
    try (salvage.batch) {
      return salvage.run();
    }
  }

  private Outcome run() throws RocksDBException {
    notes();
    boolean hints = new ResilientWalk(from, Family.HINTS).run(this::hint);
    boolean recordsWhole = new ResilientWalk(from, Family.RECORDS).run(this::record);
    write();
    boolean indexWhole = new ResilientWalk(from, Family.INDEX).run(this::indexed);
    boolean mayBeMissing = !recordsWhole || !allIntact;
    boolean unknown = !allNamed || (mayBeMissing && !indexWhole);
    if (unknown) {
      put(Family.META, Layout.name(Layout.STORE_STATE), Layout.name(Layout.STATE_REBUILDING));
    } else {
      marks();
    }
    write();
    to.flush();
    return new Outcome(records, lost, unknown, !hints);
  }

  private void notes() throws RocksDBException {
    if (notes != null) {
      for (Map.Entry<Bytes, Bytes> known : notes.entrySet()) {
        note(known.getKey().toArray(), known.getValue().toArray());
      }
    } else if (!new ResilientWalk(from, Family.META).run(this::note)) {
      throw new RocksDBException(
          new Status(Code.Corruption, SubCode.None, "what the store knows of itself is damaged"));
    }
  }

  /** The count is made anew; how far a rebuild has come may not be true any more. */
  private void note(byte[] key, byte[] value) throws RocksDBException {
    Bytes name = Bytes.wrap(key);
    if (name.startsWith(Bytes.utf8(Layout.REBUILD_MARKS))) {
      rebuildMarks.put(name, Bytes.wrap(value));
    } else if (!name.equals(Bytes.wrap(Layout.KEY_COUNT))) {
      put(Family.META, key, value);
    }
  }

  /** What a rebuild has fetched is still here, or known by name. */
  private void marks() throws RocksDBException {
    for (Map.Entry<Bytes, Bytes> mark : rebuildMarks.entrySet()) {
      put(Family.META, mark.getKey().toArray(), mark.getValue().toArray());
    }
  }

  private void hint(byte[] key, byte[] value) throws RocksDBException {
    put(Family.HINTS, key, value);
  }

  private void record(byte[] name, byte[] value) throws RocksDBException {
    Key key = Key.of(Bytes.wrap(name));
    StoredRecord record = intact(key, value);
    if (record == null) {
      // The index has its name, if that is whole.
      allIntact = false;
    } else {
      put(key, record);
    }
  }

  private static @Nullable StoredRecord intact(Key key, byte[] value) {
    try {
      return StoredRecord.decode(key, Bytes.wrap(value));
    } catch (CorruptRecord damagedRecord) {
      return null;
    }
  }

  private void put(Key key, StoredRecord record) throws RocksDBException {
    IndexEntry.of(record).write(entry);
    put(Family.INDEX, Layout.indexKey(key), entry.clone());
    put(Family.RECORDS, key.bytes().toArray(), record.encoded().toArray());
    records++;
  }

  /** A key that the old index knows: whether it was saved, in this version or a newer one. */
  private void indexed(byte[] indexKey, byte[] value) throws RocksDBException {
    if (value.length != IndexEntry.SIZE) {
      return;
    }
    IndexEntry known = IndexEntry.read(value);
    if (to.get(Family.INDEX, indexKey, entry) == IndexEntry.SIZE
        && IndexEntry.read(entry).version().compareTo(known.version()) >= 0) {
      return;
    }
    Key key = Layout.keyOf(indexKey);
    StoredRecord passedOver = single(key);
    if (passedOver != null && passedOver.version().compareTo(known.version()) >= 0) {
      put(key, passedOver);
      return;
    }
    put(Family.INDEX, indexKey, value);
    batch.delete(to.family(Family.RECORDS), key.bytes().toArray());
    allNamed &= damaged.lost(key);
    lost++;
  }

  /** A walk may have passed over more than the damage. */
  private @Nullable StoredRecord single(Key key) throws RocksDBException {
    try {
      byte[] value = from.get(Family.RECORDS, key.bytes().toArray());
      return value == null ? null : intact(key, value);
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT) {
        throw failure;
      }
      return null;
    }
  }

  private void put(Family family, byte[] key, byte[] value) throws RocksDBException {
    batch.put(to.family(family), key, value);
    if (batch.getDataSize() > BATCH_BYTES) {
      write();
    }
  }

  private void write() throws RocksDBException {
    to.writeUnlogged(batch);
    batch.clear();
  }
}
