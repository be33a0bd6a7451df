package dev.rondo.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's machine code, unpacked from the jar.
 *
 * <p>It goes to the node's own folder, where each start replaces the file of the one before. In the
 * folder for temporary files every killed process would leave 17 MB behind.
 */
final class NativeLibrary {

  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Loads it, once for the process. */
  static synchronized void load(Path folder) {
    try {
      Files.createDirectories(folder);
      NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
    } catch (IOException | RuntimeException | UnsatisfiedLinkError refused) {
      // A full or noexec file system; reads are to go on in the one case and work in the other.
      log.warn("Engine's library goes to the temporary folder: reason={}", refused.toString());
    }
    RocksDB.loadLibrary();
  }
}
