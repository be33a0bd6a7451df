package dev.rondo.persistence;

import dev.rondo.config.StorageConfig;
import dev.rondo.config.StorageConfig.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a node, and the store in it.
 *
 * <p>A store is created under another name and renamed when it is complete, so that one which
 * exists was once whole: whatever misses afterwards is damage. A damaged store is never repaired or
 * deleted, but moved aside, and an empty one takes its place; the peers fill it again.
 */
final class StoreFolder {

  private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
  private static final String CONDEMNED = "CONDEMNED";

  /** Of a store with nothing in it, generously. */
  private static final long EMPTY_BYTES = 1 << 20;

  private final Path root;
  private final Path store;
  private final EmptyStore empty;
  private final StorageConfig config;
  private final Check check;
  private final Rescue rescue;

  StoreFolder(Path root, StorageConfig config, Rescue rescue, Check check) {
    this.root = root;
    this.store = root.resolve("store");
    this.empty = new EmptyStore(root, config);
    this.config = config;
    this.rescue = rescue;
    this.check = check;
  }

  /** Reads what has to be readable before a store may serve. */
  interface Check {
    void pass(Engine engine) throws RocksDBException;
  }

  /**
   * An engine that serves.
   *
   * @param setAside where the damaged store is that was found, if one was
   */
  record Opened(Engine engine, @Nullable Path setAside) {}

  /** The folder of the engine's files. */
  Path store() {
    return store;
  }

  /** Opens the store, or a new one when there is none or it is damaged. */
  Opened open() throws StorageFault, IOException {
    Opened opened = openAny();
    Path aside = EmptyStore.takeMark(store);
    return aside == null ? opened : new Opened(opened.engine(), aside);
  }

  private Opened openAny() throws StorageFault, IOException {
    try {
      rescue.finish(store);
      if (isMissing()) {
        if (!empty.isMarked()) {
          empty.make();
        }
        return new Opened(openEmpty(), null);
      }
      if (Files.exists(store.resolve(CONDEMNED))) {
        return salvageOrStartOver(Files.readString(store.resolve(CONDEMNED)));
      }
      if (!hasLog()) {
        return startOver("the log is missing");
      }
      return openExisting();
    } catch (RocksDBException failure) {
      throw new StorageFault(
          "Storage in %s cannot be opened: %s".formatted(store, failure.getMessage()), failure);
    }
  }

  private Opened openExisting() throws RocksDBException, IOException, StorageFault {
    try {
      return new Opened(reopen(), null);
    } catch (RocksDBException failure) {
      return switch (Fault.of(failure)) {
        case CORRUPT -> openWithoutUnfinishedWrite(String.valueOf(failure.getMessage()));
        case LOCKED ->
            throw new StorageFault(
                "Storage in " + store + " is in use by another process", failure);
        case NO_SPACE, FATAL -> throw failure;
      };
    }
  }

  private Opened openWithoutUnfinishedWrite(String reason)
      throws RocksDBException, IOException, StorageFault {
    if (!TornLog.cut(store, config.durability() == Durability.SYNC)) {
      return salvageOrStartOver(reason);
    }
    try {
      return new Opened(reopen(), null);
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT) {
        throw failure;
      }
      return salvageOrStartOver(reason);
    }
  }

  /** The space that {@link #salvage} takes, and what there is of it. */
  Rescue.Room roomToSalvage() throws IOException {
    return rescue.room(store);
  }

  /** Copies what can be verified of the open store, to take its place. */
  Salvage.Outcome salvage(Engine last) throws RocksDBException, IOException {
    return rescue.copy(last);
  }

  /**
   * Opens the copy in the place of the store, which nobody has open any more. Where that fails the
   * copy stays there: it is all that could be saved, and the next start may open it.
   */
  Opened openSalvaged() throws RocksDBException, IOException {
    Path aside = asidePath();
    rescue.replace(store, aside);
    return new Opened(openWhole(Engine.Mode.READ_WRITE), aside);
  }

  /** Where the log and what the store knows of itself are intact, the rest may be lost in part. */
  private Opened salvageOrStartOver(String reason)
      throws RocksDBException, IOException, StorageFault {
    Rescue.Room room = roomToSalvage();
    Salvage.Outcome outcome;
    try {
      outcome = salvageClosed(room);
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.CORRUPT) {
        throw notSalvaged(reason, room, failure);
      }
      log.debug("Storage cannot be salvaged", failure);
      return startOver(reason);
    }
    Opened opened = openSalvaged();
    log.error(
        "Storage was damaged and is salvaged: reason={} outcome={} aside={}",
        reason,
        outcome,
        opened.setAside());
    return opened;
  }

  private Salvage.Outcome salvageClosed(Rescue.Room room) throws RocksDBException, IOException {
    try (Engine last = Engine.open(store, config, Engine.Mode.READ_ONLY)) {
      if (!room.suffices()) {
        throw noSpace("no room for what can be verified of it");
      }
      return rescue.copy(last);
    }
  }

  /**
   * What could not be copied for want of space, or of something else that may come back, is not
   * worth less for that. Nothing is thrown away, and the next start tries again.
   */
  private StorageFault notSalvaged(String reason, Rescue.Room room, RocksDBException failure) {
    return new StorageFault(
        "Storage in %s is damaged (%s) and stays as it is, because it cannot be salvaged now: %s;"
                .formatted(store, reason, failure.getMessage())
            + " that takes %d bytes of free space, there are %d"
                .formatted(room.needed(), room.free()),
        failure);
  }

  /** Opens the store that is there; without space to write, only for reading. */
  Engine reopen() throws RocksDBException {
    try {
      return openWhole(Engine.Mode.READ_WRITE);
    } catch (RocksDBException failure) {
      if (Fault.of(failure) != Fault.NO_SPACE) {
        throw failure;
      }
      return openWhole(Engine.Mode.READ_ONLY);
    }
  }

  /** Leaves a mark, so that the next start sets the store aside. */
  void condemn(String reason) {
    try {
      Files.writeString(store.resolve(CONDEMNED), reason);
    } catch (IOException failure) {
      log.warn("Damaged storage cannot be marked: folder={} reason={}", store, failure.toString());
    }
  }

  private boolean isMissing() throws IOException {
    return !Files.exists(store) || Folders.entries(store).isEmpty();
  }

  /** The engine always has one, and does not miss the last one itself. */
  private boolean hasLog() throws IOException {
    return Folders.entries(store).stream().anyMatch(file -> file.toString().endsWith(".log"));
  }

  private Engine openWhole(Engine.Mode mode) throws RocksDBException {
    Engine engine = Engine.open(store, config, mode);
    try {
      if (engine.get(Family.META, Layout.name(Layout.STORE_ID)) == null) {
        throw new RocksDBException(
            new Status(Code.Corruption, SubCode.None, "the store has no identity"));
      }
      check.pass(engine);
      return engine;
    } catch (RocksDBException failure) {
      engine.close();
      throw failure;
    }
  }

  /**
   * The empty store is made first: without one the damaged store is not missed at the next start.
   */
  private Opened startOver(String reason) throws RocksDBException, IOException, StorageFault {
    Path aside = asidePath();
    try {
      if (rescue.freeBytes() < EMPTY_BYTES) {
        throw noSpace("%d bytes are free".formatted(rescue.freeBytes()));
      }
      empty.make();
      empty.mark(aside);
    } catch (RocksDBException | IOException failure) {
      empty.delete();
      throw new StorageFault(
          "Storage in %s is damaged (%s) and stays as it is, because no new one can be made now: %s"
              .formatted(store, reason, failure.getMessage()),
          failure);
    }
    Files.move(store, aside, StandardCopyOption.ATOMIC_MOVE);
    log.error(
        "Storage is damaged and was set aside, starting empty: folder={} reason={}", aside, reason);
    return new Opened(openEmpty(), aside);
  }

  private Path asidePath() {
    String name = "store.corrupt-" + STAMP.format(Instant.now());
    Path path = root.resolve(name);
    for (int i = 2; Files.exists(path); i++) {
      path = root.resolve(name + "-" + i);
    }
    return path;
  }

  private Engine openEmpty() throws RocksDBException, IOException {
    empty.moveTo(store);
    log.info("Storage created: folder={}", store);
    return openWhole(Engine.Mode.READ_WRITE);
  }

  private static RocksDBException noSpace(String what) {
    return new RocksDBException(new Status(Code.IOError, SubCode.NoSpace, what));
  }
}
