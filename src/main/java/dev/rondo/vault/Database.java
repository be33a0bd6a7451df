package dev.rondo.vault;

import java.util.List;
import java.util.Map;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * An open database with all that lives and ends with it.
 *
 * @param families its column families by name
 * @param writable whether it was opened for more than reading
 * @param options what it was opened with, in the order in which to close it
 */
public record Database(
    RocksDB rocks,
    Map<String, ColumnFamilyHandle> families,
    boolean writable,
    Cache cache,
    BackgroundErrors errors,
    List<? extends AbstractNativeReference> options)
    implements AutoCloseable {

  public Database {
    families = Map.copyOf(families);
    options = List.copyOf(options);
  }

  /** Writes the memory tables out, so that the next start has no log to read. */
  void flush() throws RocksDBException {
    if (writable) {
      try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
        rocks.flush(flush, List.copyOf(families.values()));
      }
    }
  }

  /** Closes without a flush; the log keeps what is not in a table yet. */
  @Override
  public void close() throws RocksDBException {
    try {
      families.values().forEach(ColumnFamilyHandle::close);
      rocks.closeE();
    } finally {
      options.forEach(AbstractNativeReference::close);
    }
  }
}
