package dev.rondo.persistence;

import dev.rondo.time.NodeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What a storage needs of the world around it, and a test replaces.
 *
 * @param clockMillis the time of the node, by which hints and deletions age
 * @param tickMillis between two looks at the free space, the hints and the engine's health
 */
record Surroundings(FreeSpace space, LongSupplier clockMillis, Writing writing, int tickMillis) {

  /** How a batch is written. */
  interface Writing {
    void write(Engine engine, WriteBatch batch, boolean sync) throws RocksDBException;
  }

  /** Where surroundings come from, once the node's folder exists. */
  interface Source {
    Surroundings at(Path folder) throws IOException;
  }

  static Surroundings real(Path folder, NodeClock time) throws IOException {
    return new Surroundings(FreeSpace.of(folder), time::millis, Engine::write, 1000);
  }
}
