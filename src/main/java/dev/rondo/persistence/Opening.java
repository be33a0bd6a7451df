package dev.rondo.persistence;

import dev.rondo.config.NodeConfig;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.StorageConfig.Durability;
import dev.rondo.vault.Database;
import dev.rondo.vault.LostKeys;
import dev.rondo.vault.StoreState;
import dev.rondo.vault.StoreState.Sizes;
import dev.rondo.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the storage of a node, or takes over an open one, and puts the parts together. Nothing runs
 * before the storage is started.
 */
final class Opening {

  private static final Logger log = LoggerFactory.getLogger(Opening.class);

  /** What waits to be stored holds no more memory than this. */
  private static final long WAITING_BYTES = 32 << 20;

  /** What part of the heap the record cache may take. */
  private static final int HEAP_PART = 4;

  private final NodeConfig config;
  private final Surroundings surroundings;
  private final StorageMeters meters;
  private final Outlet outlet;
  private final Gate gate;
  private final SuspectTables suspects = new SuspectTables();
  private final DamagedKeys damaged;
  private final Trees trees = new Trees();
  private final Tombstones tombstones;
  private final ScrubMeters scrubMeters;
  private final RecordStage records;
  private final HintShelf hints;
  private final NoteBook notes = new NoteBook();
  private final GroupCommit commit;
  private final StoreFolder folder;

  private Opening(
      NodeConfig config,
      Surroundings surroundings,
      StorageMeters meters,
      Outlet outlet,
      LostKeys known) {
    this.config = config;
    this.surroundings = surroundings;
    this.meters = meters;
    this.outlet = outlet;
    gate = new Gate(config.storage().reserveBytes(), outlet::reportChange);
    scrubMeters = meters.scrub();
    damaged = new DamagedKeys(meters.damaged(), suspects, known);
    tombstones = new Tombstones(surroundings.clockMillis());
    records = new RecordStage(damaged, trees, tombstones);
    hints = new HintShelf(config.hints(), surroundings.clockMillis());
    commit =
        new GroupCommit(
            records, hints, notes, gate, surroundings.writing(), config.storage().durability());
    Rescue rescue = new Rescue(config.folder(), config.storage(), damaged, notes, gate::freeBytes);
    folder = new StoreFolder(config.folder(), config.storage(), rescue, commit::restore);
  }

  /** The running storage and what else the verticle needs of it. */
  record Result(
      Storage storage,
      Figures figures,
      DamagedKeys damaged,
      RecordStage records,
      HintShelf hints,
      Trees trees,
      Tombstones tombstones,
      Gate gate) {

    /** What the next generation goes on with; when nothing is written any more. */
    StoreState state() {
      KeyCount keys = records.count();
      return new StoreState(
          gate.health(),
          gate.state() == Gate.State.OUT_OF_SPACE,
          new StoreState.Keys(keys.live(), keys.tombstones()),
          hints.state(),
          damaged.shared(),
          records.recent(),
          figures.sizes(),
          figures.setAside());
    }
  }

  /** Opens the store; blocks, for as long as the engine's log takes to read. */
  static Result open(
      NodeConfig config,
      Surroundings.Source source,
      StorageMeters meters,
      Outlet outlet,
      Vault vault)
      throws IOException, StorageFault {
    Path root = config.folder();
    NativeLibrary.load(root.resolve("native"));
    LostKeys none = new LostKeys(DamagedKeys.MAX);
    return new Opening(config, source.at(root), meters, outlet, none).open(vault);
  }

  private Result open(Vault vault) throws IOException, StorageFault {
    gate.measured(surroundings.space().usableBytes());
    StoreFolder.Opened opened = folder.open();
    Engine engine = opened.engine();
    vault.keep(engine.database());
    if (!engine.isWritable()) {
      gate.ranOut();
    }
    Path setAside = opened.setAside();
    log.info("Storage open: folder={} keys={}", folder.store(), records.count().live());
    return result(engine, vault, Sizes.UNKNOWN, setAside == null ? null : setAside.toString());
  }

  /** Goes on with the store that the generation before has left open; takes no time. */
  static Result resume(
      NodeConfig config,
      Surroundings.Source source,
      StorageMeters meters,
      Outlet outlet,
      Vault vault,
      StoreState state)
      throws IOException, StorageFault {
    Surroundings around = source.at(config.folder());
    return new Opening(config, around, meters, outlet, state.damaged()).resume(vault, state);
  }

  private Result resume(Vault vault, StoreState state) throws IOException, StorageFault {
    Database left = vault.database();
    if (left == null) {
      throw new StorageFault("the generation before has left no open store");
    }
    gate.resume(state);
    gate.measured(surroundings.space().usableBytes());
    records.resume(state.keys(), state.recent());
    hints.resume(state.hints());
    try {
      Engine engine = Engine.over(left);
      notes.restore(engine);
      return result(engine, vault, state.sizes(), state.setAside());
    } catch (RocksDBException lacking) {
      throw new StorageFault("Storage cannot be taken over", lacking);
    }
  }

  private Result result(Engine engine, Vault vault, Sizes sizes, @Nullable String setAside) {
    Figures figures = new Figures(folder.store(), setAside, sizes, gate, hints, records, damaged);
    Storage storage = assemble(new EngineSlot(vault, engine), engine, figures);
    return new Result(storage, figures, damaged, records, hints, trees, tombstones, gate);
  }

  private Storage assemble(EngineSlot slot, Engine engine, Figures figures) {
    StorageConfig storage = config.storage();
    Salvaging salvaging =
        new Salvaging(slot, folder, gate, scrubMeters, figures, outlet::reportLoss);
    WriteSide side =
        new WriteSide(engine, slot, folder, gate, commit, surroundings.space(), salvaging);
    Inbox<StoreRequest> writes = new Inbox<>(storage.writeQueueMax(), WAITING_BYTES);
    Inbox<LookupRequest> lookUps = new Inbox<>(storage.readQueueMax(), Long.MAX_VALUE);
    CachedReads reads =
        new CachedReads(recordCache(), slot::exchanges, gate::hasFailed, damaged::contains, meters);
    ScanDesk scans = new ScanDesk(slot, gate, suspects, outlet.context());
    StoreWriter writer =
        new StoreWriter(
            writes,
            side,
            meters,
            surroundings.tickMillis(),
            syncMillis(),
            done -> outlet.answer(done, reads));
    List<Thread> readers = new ArrayList<>();
    readers.add(thread("scan", scans));
    for (int i = 0; i < storage.readThreads(); i++) {
      StoreReader reader =
          new StoreReader(
              lookUps,
              slot,
              gate,
              damaged,
              (found, taken) -> outlet.answerLookups(found, reads, taken));
      readers.add(thread("read-" + i, reader));
    }
    Scrub scrub = scrub(slot, salvaging);
    readers.add(thread("scrub", scrub));
    return new Storage(
        slot,
        writes,
        lookUps,
        reads,
        scans,
        scrub,
        trees,
        meters,
        thread("write", writer),
        readers);
  }

  /** As large as configured, where the heap has room for that. */
  private RecordCache recordCache() {
    long wanted = config.storage().recordCacheBytes();
    long room = Runtime.getRuntime().maxMemory() / HEAP_PART;
    if (wanted > room) {
      log.warn(
          "Record cache is limited to a quarter of the java heap: bytes={}"
              + " storage.recordCacheBytes={}",
          room,
          wanted);
    }
    return new RecordCache(Math.min(wanted, room));
  }

  private Scrub scrub(EngineSlot slot, Salvaging salvaging) {
    Scrub.Report report = new Scrub.Report(config.id(), salvaging::accuse, outlet::reportWork);
    return new Scrub(slot, suspects, damaged, config.storage().scrub(), scrubMeters, report);
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
