package dev.rondo.persistence;

import dev.rondo.bus.StorageFigures;
import dev.rondo.core.hint.HintLedger;
import dev.rondo.vault.StoreState.Sizes;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures about the store. Counts are those of this moment; sizes were measured up to a second ago,
 * by the scan thread, since they need the disk and the engine.
 */
final class Figures {

  private static final Logger log = LoggerFactory.getLogger(Figures.class);

  private final Path store;
  private volatile @Nullable String setAside;
  private final Gate gate;
  private final HintShelf hints;
  private final RecordStage records;
  private final DamagedKeys damaged;
  private volatile Sizes sizes;

  Figures(
      Path store,
      @Nullable String setAside,
      Sizes sizes,
      Gate gate,
      HintShelf hints,
      RecordStage records,
      DamagedKeys damaged) {
    this.damaged = damaged;
    this.store = store;
    this.setAside = setAside;
    this.sizes = sizes;
    this.gate = gate;
    this.hints = hints;
    this.records = records;
  }

  /** Measures; on a storage thread. */
  Sizes measure(Engine engine) throws RocksDBException {
    Sizes measured =
        new Sizes(
            bytesOnDisk(),
            engine.property("rocksdb.cur-size-all-mem-tables"),
            engine.cacheBytes(),
            engine.property("rocksdb.total-sst-files-size"));
    sizes = measured;
    return measured;
  }

  private long bytesOnDisk() {
    try {
      return Folders.size(store);
    } catch (IOException failure) {
      log.debug("Store cannot be measured: reason={}", failure.toString());
      return sizes.onDisk();
    }
  }

  /** A damaged store was moved there. */
  void setAside(String folder) {
    setAside = folder;
  }

  /** What was measured last. */
  Sizes sizes() {
    return sizes;
  }

  /** Where a damaged store was moved to in the life of this process; null when there was none. */
  @Nullable String setAside() {
    return setAside;
  }

  /** The figures as they are known now. */
  StorageFigures now() {
    HintLedger.Summary hinted = hints.summary();
    return new StorageFigures(
        gate.health(),
        records.count().live(),
        records.count().tombstones(),
        sizes.onDisk(),
        gate.freeBytes(),
        hinted.counts(),
        hinted.bytes(),
        hinted.dropped(),
        setAside,
        records.recent());
  }

  /** Shows them to whoever scrapes. */
  void show(StorageMeters meters) {
    meters.figure("keys", "keys", "Live keys", () -> records.count().live());
    meters.figure("tombstones", "keys", "Deleted keys", () -> records.count().tombstones());
    meters.figure("unreadable", "records", "Damaged, not healed yet", damaged::count);
    meters.figure("hints", "bytes", "Hints that wait", () -> hints.summary().bytes());
    meters.figure("hints.dropped", "hints", "Hints past a limit", () -> hints.summary().dropped());
    meters.figure("free", "bytes", "Free on the file system", gate::freeBytes);
    meters.figure("size", "bytes", "The store's files", () -> sizes.onDisk());
    meters.engine("memtables", () -> sizes.memtables());
    meters.engine("cache", () -> sizes.cache());
    meters.engine("tables", () -> sizes.tables());
  }
}
