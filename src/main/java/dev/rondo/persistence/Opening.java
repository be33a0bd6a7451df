package dev.rondo.persistence;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.StorageConfig.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the storage of a node: claims the folder, opens the engine, puts the parts together. */
final class Opening {

  private static final Logger log = LoggerFactory.getLogger(Opening.class);

  /** What waits to be stored holds no more memory than this. */
  private static final long WAITING_BYTES = 32 << 20;

  private final NodeConfig config;
  private final Surroundings surroundings;
  private final StorageMeters meters;
  private final Outlet outlet;
  private final Gate gate;
  private final SuspectTables suspects = new SuspectTables();
  private final DamagedKeys damaged;
  private final RecordStage records;
  private final HintShelf hints;
  private final GroupCommit commit;
  private final StoreFolder folder;

  private Opening(
      NodeConfig config, Surroundings surroundings, StorageMeters meters, Outlet outlet) {
    this.config = config;
    this.surroundings = surroundings;
    this.meters = meters;
    this.outlet = outlet;
    gate = new Gate(config.storage().reserveBytes(), outlet::reportChange);
    damaged = new DamagedKeys(meters.damaged(), suspects);
    records = new RecordStage(damaged);
    hints = new HintShelf(config.hints(), surroundings.clockMillis());
    commit =
        new GroupCommit(
            records, hints, gate, surroundings.writing(), config.storage().durability());
    folder = new StoreFolder(config.folder(), config.storage(), commit::restore);
  }

  /** The running storage and what else the verticle needs of it. */
  record Result(
      Storage storage, Figures figures, DamagedKeys damaged, HintShelf hints, Gate gate) {}

  /** Opens; blocks, for as long as the engine's log takes to read. */
  static Result open(
      NodeConfig config, Surroundings.Source source, StorageMeters meters, Outlet outlet)
      throws IOException, StorageFault {
    Path root = config.folder();
    Folders.create(root);
    FolderLock lock = FolderLock.take(root);
    try {
      NativeLibrary.load(root.resolve("native"));
      return new Opening(config, source.at(root), meters, outlet).open(lock);
    } catch (IOException | StorageFault | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private Result open(FolderLock lock) throws IOException, StorageFault {
    gate.measured(surroundings.space().usableBytes());
    StoreFolder.Opened opened = folder.open();
    if (!opened.engine().isWritable()) {
      gate.ranOut();
    }
    Figures figures = new Figures(folder.store(), opened.setAside(), gate, hints, records, damaged);
    figures.register(meters);
    Storage storage = assemble(opened.engine(), lock);
    storage.start();
    log.info("Storage open: folder={} keys={}", folder.store(), records.count().live());
    return new Result(storage, figures, damaged, hints, gate);
  }

  private Storage assemble(Engine engine, FolderLock lock) {
    StorageConfig storage = config.storage();
    EngineSlot slot = new EngineSlot(engine);
    WriteSide side = new WriteSide(engine, slot, folder, gate, commit, surroundings.space());
    Inbox<StoreRequest> writes = new Inbox<>(storage.writeQueueMax(), WAITING_BYTES);
    Inbox<LookupRequest> lookUps = new Inbox<>(storage.readQueueMax(), Long.MAX_VALUE);
    ScanDesk scans = new ScanDesk(slot, gate, outlet.context());
    meters.queue("writes", writes::count);
    meters.queue("reads", lookUps::count);
    meters.queue("scans", scans::waiting);
    StoreWriter writer =
        new StoreWriter(
            writes, side, meters, surroundings.tickMillis(), syncMillis(), outlet::answer);
    List<Thread> readers = new ArrayList<>();
    readers.add(thread("scan", scans));
    for (int i = 0; i < storage.readThreads(); i++) {
      StoreReader reader = new StoreReader(lookUps, slot, gate, damaged, outlet::answerLookups);
      readers.add(thread("read-" + i, reader));
    }
    return new Storage(writes, lookUps, scans, meters, thread("write", writer), readers, lock);
  }

  /** How often to sync in between; with every batch synced there is nothing left to do. */
  private int syncMillis() {
    StorageConfig storage = config.storage();
    return storage.durability() == Durability.INTERVAL ? storage.syncMillis() : 60_000;
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, "rondo-storage-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
