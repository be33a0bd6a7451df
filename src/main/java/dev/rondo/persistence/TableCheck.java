package dev.rondo.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;

/** Verifies a file of the engine, all of its blocks, past every cache of the engine. */
final class TableCheck {

  private TableCheck() {}

  /** What is wrong with it; null when nothing is, or the engine has done away with it. */
  static @Nullable String damage(Path table) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
      return null;
    } catch (RocksDBException failure) {
      return Files.exists(table) && isDamage(failure) ? String.valueOf(failure.getMessage()) : null;
    }
  }

  /** A file that cannot be opened for want of handles, for one, is not damaged. */
  private static boolean isDamage(RocksDBException failure) {
    Status status = failure.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    return switch (code) {
      case Corruption, InvalidArgument, NotSupported -> true;
      default -> false;
    };
  }
}
