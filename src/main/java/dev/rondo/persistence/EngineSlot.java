package dev.rondo.persistence;

import dev.rondo.vault.Vault;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the engine is, for the storage threads of one generation: they come and go under a shared
 * lock of the {@link Vault}, so that the writer can take the engine out while nobody is inside, of
 * whichever generation.
 */
final class EngineSlot {

  private static final Logger log = LoggerFactory.getLogger(EngineSlot.class);

  private final Vault vault;
  private final AtomicInteger exchanges = new AtomicInteger();
  private volatile @Nullable Engine engine;

  EngineSlot(Vault vault, Engine engine) {
    this.vault = vault;
    this.engine = engine;
  }

  /** Something to do with the engine. */
  interface Visit<A> {
    A in(Engine engine) throws RocksDBException, StorageFault;
  }

  /** How to get a new engine once the old one is closed. */
  interface Opening {
    Engine open() throws RocksDBException, IOException;
  }

  /** Visits the engine, which stays open meanwhile. */
  <A> A visit(Visit<A> visit) throws RocksDBException, StorageFault {
    Lock reading = vault.reading();
    reading.lock();
    try {
      Engine visited = engine;
      if (visited == null || !vault.keeps(visited.database())) {
        throw new StorageFault("storage is closed");
      }
      return visit.in(visited);
    } finally {
      reading.unlock();
    }
  }

  /** Closes the engine and puts a new one in its place; it stays empty when that fails. */
  Engine exchange(Opening opening) throws RocksDBException, IOException {
    Lock exchanging = vault.exchanging();
    exchanging.lock();
    try {
      exchanges.incrementAndGet();
      close();
      Engine opened = opening.open();
      engine = opened;
      vault.keep(opened.database());
      return opened;
    } finally {
      exchanging.unlock();
    }
  }

  /** How often the engine was exchanged, or was to be. */
  int exchanges() {
    return exchanges.get();
  }

  /** Whether there is no engine: the last exchange failed. */
  boolean isEmpty() {
    return engine == null;
  }

  /** Something to do with an engine that nobody else is inside of any more. */
  interface Preparation {
    void with(Engine last) throws RocksDBException, IOException;
  }

  /** The same, after something was done with the old engine; when that fails, the old one stays. */
  Engine exchange(Preparation preparation, Opening opening) throws RocksDBException, IOException {
    Lock exchanging = vault.exchanging();
    exchanging.lock();
    try {
      Engine last = engine;
      if (last != null) {
        preparation.with(last);
      }
      return exchange(opening);
    } finally {
      exchanging.unlock();
    }
  }

  /**
   * Closes the engine. One whose writes failed says so again now; what it could not write was never
   * acknowledged, and it is closed all the same.
   */
  private void close() {
    Engine closing = engine;
    engine = null;
    vault.keep(null);
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (RocksDBException failure) {
      log.warn("Storage engine did not close cleanly: reason={}", failure.getMessage());
    }
  }

  /** Leaves the database in the vault; when no thread of this generation comes any more. */
  void leave() {
    Engine left = engine;
    engine = null;
    if (left != null) {
      left.leave();
    }
  }
}
