package dev.rondo.persistence;

import dev.rondo.config.StorageConfig;
import dev.rondo.vault.BackgroundErrors;
import dev.rondo.vault.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The way of one generation to an open database. Any thread may read; one writes. Whoever closes
 * the database must know that nobody is inside any more: {@link EngineSlot} sees to that.
 */
final class Engine implements AutoCloseable {

  /** What {@link #get(Family, byte[], byte[])} returns for nothing. */
  static final int NOT_FOUND = RocksDB.NOT_FOUND;

  private final ReadOptions point = new ReadOptions();
  private final ReadOptions scan = new ReadOptions().setFillCache(false);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions unsynced = new WriteOptions().setSync(false);
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final Database opened;
  private final RocksDB database;

  private Engine(Database opened) {
    this.opened = opened;
    this.database = opened.rocks();
  }

  /** How to open. */
  enum Mode {
    CREATE,
    READ_WRITE,
    /** Writes nothing, and works on a full disk. */
    READ_ONLY
  }

  /** Opens the store in a folder; fails when it does not exist, or is damaged. */
  static Engine open(Path folder, StorageConfig config, Mode mode) throws RocksDBException {
    BackgroundErrors errors = new BackgroundErrors();
    EngineOptions options = new EngineOptions(config, errors);
    Map<String, ColumnFamilyHandle> families = new HashMap<>();
    List<AbstractNativeReference> owned = new ArrayList<>();
    try {
      RocksDB rocks = open(folder.toString(), mode, options, families);
      owned.addAll(options.owned());
      owned.add(errors);
      boolean writable = mode != Mode.READ_ONLY;
      return over(new Database(rocks, families, writable, options.cache(), errors, owned));
    } catch (RocksDBException failure) {
      options.owned().forEach(RocksObject::close);
      errors.close();
      throw failure;
    }
  }

  private static RocksDB open(
      String path, Mode mode, EngineOptions options, Map<String, ColumnFamilyHandle> families)
      throws RocksDBException {
    List<ColumnFamilyDescriptor> descriptors = options.families();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    boolean create = mode == Mode.CREATE;
    options.database().setCreateIfMissing(create).setCreateMissingColumnFamilies(create);
    RocksDB opened =
        mode == Mode.READ_ONLY
            ? RocksDB.openReadOnly(options.database(), path, descriptors, handles)
            : RocksDB.open(options.database(), path, descriptors, handles);
    Iterator<ColumnFamilyHandle> inOrder = handles.iterator();
    for (Family family : Family.values()) {
      families.put(family.title(), inOrder.next());
    }
    return opened;
  }

  /** The way to a database that somebody else has opened; fails when it lacks a family. */
  static Engine over(Database opened) throws RocksDBException {
    Engine engine = new Engine(opened);
    for (Family family : Family.values()) {
      ColumnFamilyHandle handle = opened.families().get(family.title());
      if (handle == null) {
        engine.leave();
        throw new RocksDBException(
            "the open store has no '%s'; a restart adds it".formatted(family.title()));
      }
      engine.families.put(family, handle);
    }
    return engine;
  }

  /** What this is the way to. */
  Database database() {
    return opened;
  }

  /** Whether it was opened for more than reading. */
  boolean isWritable() {
    return opened.writable();
  }

  /** The family, for a batch. */
  ColumnFamilyHandle family(Family family) {
    ColumnFamilyHandle handle = families.get(family);
    if (handle == null) {
      throw new IllegalStateException("the engine is closed");
    }
    return handle;
  }

  /** The value of a key, or null. */
  byte @Nullable [] get(Family family, byte[] key) throws RocksDBException {
    return database.get(family(family), point, key);
  }

  /** Reads as much of a value as fits; returns its full length, or {@link #NOT_FOUND}. */
  int get(Family family, byte[] key, byte[] into) throws RocksDBException {
    return database.get(family(family), point, key, into);
  }

  /** A walk through a family; to be closed. */
  RocksIterator iterate(Family family) {
    return database.newIterator(family(family), scan);
  }

  /** Writes a batch, all of it or nothing. */
  void write(WriteBatch batch, boolean sync) throws RocksDBException {
    database.write(sync ? synced : unsynced, batch);
  }

  /** Writes a batch that is on the disk only after {@link #flush}. */
  void writeUnlogged(WriteBatch batch) throws RocksDBException {
    database.write(unlogged, batch);
  }

  /** Writes the memory tables out and waits for that. */
  void flush() throws RocksDBException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      database.flush(wait, List.copyOf(families.values()));
    }
  }

  /** False where the filters know that a key is not there; they need not read it to tell. */
  boolean mayHold(Family family, byte[] key) {
    return database.keyMayExist(family(family), scan, key, null);
  }

  /** Brings everything written so far to the disk. */
  void sync() throws RocksDBException {
    database.syncWal();
  }

  /** The files in which the engine keeps what is not in memory. */
  List<LiveFileMetaData> tables() {
    return database.getLiveFilesMetaData();
  }

  /** A number that the engine knows about itself, added up over the families. */
  long property(String name) throws RocksDBException {
    return database.getAggregatedLongProperty(name);
  }

  /** What the block cache takes up. */
  long cacheBytes() {
    return opened.cache().getUsage();
  }

  /**
   * What went wrong in a background thread of the engine, if anything did. The engine counts more
   * than it reports; when it does, an empty write gets the reason out of it.
   */
  @Nullable StorageFailure backgroundFailure() throws RocksDBException {
    Status reported = opened.errors().first();
    if (reported == null && property("rocksdb.background-errors") > 0) {
      try (WriteBatch probe = new WriteBatch()) {
        probe.putLogData(new byte[0]);
        write(probe, true);
      }
    }
    return reported == null ? null : StorageFailure.of(reported);
  }

  /** Closes the database, without a flush; the log keeps what is not in a table yet. */
  @Override
  public void close() throws RocksDBException {
    leave();
    opened.close();
  }

  /** Leaves the database open for somebody else. */
  void leave() {
    families.clear();
    point.close();
    scan.close();
    synced.close();
    unsynced.close();
    unlogged.close();
  }
}
