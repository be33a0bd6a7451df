package dev.rondo.persistence;

import dev.rondo.config.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a salvaged store in the place of a damaged one. The copy is made beside the store and marked
 * once it is whole, so that a crash between two renames is made good at the next start.
 */
final class Rescue {

  private static final Logger log = LoggerFactory.getLogger(Rescue.class);
  private static final String WHOLE = "SALVAGED";

  private final Path root;
  private final StorageConfig config;
  private final DamagedKeys damaged;
  private final NoteBook notes;
  private final LongSupplier freeBytes;
  private final Path copy;

  Rescue(
      Path root,
      StorageConfig config,
      DamagedKeys damaged,
      NoteBook notes,
      LongSupplier freeBytes) {
    this.root = root;
    this.config = config;
    this.damaged = damaged;
    this.notes = notes;
    this.freeBytes = freeBytes;
    this.copy = root.resolve("store.salvaging");
  }

  /** The space that a copy takes, and what there is of it, in bytes. */
  record Room(long needed, long free) {

    boolean suffices() {
      return free >= needed;
    }
  }

  /** A copy is about as large as the store; a quarter more is for what is merged meanwhile. */
  Room room(Path store) throws IOException {
    long size = Folders.size(store);
    return new Room(size + size / 4, freeBytes());
  }

  long freeBytes() {
    return freeBytes.getAsLong();
  }

  /**
   * Copies what can be verified; the damaged store stays where it is. A copy that does not become
   * whole is deleted: it takes the space whose want may have been the reason.
   */
  Salvage.Outcome copy(Engine last) throws RocksDBException, IOException {
    Folders.delete(copy);
    try {
      return copyWhole(last);
    } catch (RocksDBException | IOException | RuntimeException failure) {
      discard();
      throw failure;
    }
  }

  private Salvage.Outcome copyWhole(Engine last) throws RocksDBException, IOException {
    Files.createDirectories(copy);
    Salvage.Outcome outcome;
    try (Engine next = Engine.open(copy, config, Engine.Mode.CREATE)) {
      outcome = Salvage.copy(last, next, damaged, notes.all());
    }
    Files.writeString(copy.resolve(WHOLE), outcome.toString());
    Folders.sync(copy);
    if (outcome.unknown()) {
      damaged.lostOthers();
    }
    return outcome;
  }

  private void discard() {
    try {
      Folders.delete(copy);
    } catch (IOException failure) {
      log.warn("Unfinished copy stays: folder={} reason={}", copy, failure.toString());
    }
  }

  /** Sets the damaged store aside, which nobody has open any more, and takes the copy instead. */
  void replace(Path store, Path aside) throws IOException {
    Files.move(store, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(root);
  }

  /**
   * Finishes what a crash has interrupted: the damaged store was set aside already. Beside a store
   * a copy is of no use, and would be taken for its successor once that store is set aside.
   */
  void finish(Path store) throws IOException {
    if (Files.exists(store)) {
      Folders.delete(copy);
    } else if (Files.exists(copy.resolve(WHOLE))) {
      Files.move(copy, store, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(root);
      log.warn("Salvaged storage is put in place, as it was to be before a crash");
    }
  }
}
