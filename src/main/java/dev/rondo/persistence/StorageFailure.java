package dev.rondo.persistence;

import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A failure of the engine: what it means, and its own words. */
record StorageFailure(Fault fault, String reason) {

  /** The name of a log, and not of a folder above some other file. */
  private static final Pattern LOG = Pattern.compile("\\d\\.log(?![^:\\s])");

  static StorageFailure of(RocksDBException failure) {
    return new StorageFailure(Fault.of(failure), String.valueOf(failure.getMessage()));
  }

  /**
   * Whether a write that failed like this will not come back with the next start: its end is not in
   * the log, for which there was no space, and the engine appends nothing more to that. Space may
   * run out behind the log too: where logs are noted in the manifest, right after the fsync.
   */
  boolean leavesNothing() {
    return fault == Fault.NO_SPACE && LOG.matcher(reason).find();
  }

  static StorageFailure of(Status status) {
    return new StorageFailure(
        Fault.of(status), status.getCodeString() + ": " + String.valueOf(status.getState()));
  }
}
