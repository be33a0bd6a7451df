package dev.rondo.persistence;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A failure of the engine: what it means, and its own words. */
record StorageFailure(Fault fault, String reason) {

  static StorageFailure of(RocksDBException failure) {
    return new StorageFailure(Fault.of(failure), String.valueOf(failure.getMessage()));
  }

  static StorageFailure of(Status status) {
    return new StorageFailure(
        Fault.of(status), status.getCodeString() + ": " + String.valueOf(status.getState()));
  }
}
