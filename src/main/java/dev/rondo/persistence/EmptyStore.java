package dev.rondo.persistence;

import dev.rondo.config.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A store with nothing in it, made under another name. Where it takes the place of a damaged one it
 * is marked with that one's name, until somebody has opened it and can tell.
 */
final class EmptyStore {

  private static final String INSTEAD_OF = "INSTEAD_OF";

  private final Path root;
  private final Path folder;
  private final StorageConfig config;

  EmptyStore(Path root, StorageConfig config) {
    this.root = root;
    this.folder = root.resolve("store.creating");
    this.config = config;
  }

  /** Makes it, with an identity of its own. */
  void make() throws RocksDBException, IOException {
    delete();
    Files.createDirectories(folder);
    try (Engine engine = Engine.open(folder, config, Engine.Mode.CREATE);
        WriteBatch identity = new WriteBatch()) {
      byte[] id = new byte[16];
      new SecureRandom().nextBytes(id);
      identity.put(engine.family(Family.META), Layout.name(Layout.STORE_ID), id);
      identity.put(
          engine.family(Family.META),
          Layout.name(Layout.STORE_STATE),
          Layout.name(Layout.STATE_NEW));
      engine.write(identity, true);
    }
    Folders.sync(folder);
  }

  /** It is whole, and will take the place of a damaged store that is to be found there. */
  void mark(Path aside) throws IOException {
    Files.writeString(
        folder.resolve(INSTEAD_OF),
        aside.toString(),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Folders.sync(folder);
  }

  /** Whether one that is marked waits to be moved. */
  boolean isMarked() {
    return Files.exists(folder.resolve(INSTEAD_OF));
  }

  /** Puts it where a store belongs. */
  void moveTo(Path store) throws IOException {
    Files.move(folder, store, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(root);
  }

  void delete() throws IOException {
    Folders.delete(folder);
  }

  /** Where the damaged store is whose place an open one has taken; null without one, or later. */
  static @Nullable Path takeMark(Path store) throws IOException {
    Path mark = store.resolve(INSTEAD_OF);
    if (!Files.exists(mark)) {
      return null;
    }
    Path aside = Path.of(Files.readString(mark));
    Files.delete(mark);
    return aside;
  }
}
