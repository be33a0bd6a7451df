package dev.rondo.persistence;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the engine is, for the storage threads: they come and go under a shared lock, so that the
 * writer can take the engine out while nobody is inside.
 */
final class EngineSlot {

  private static final Logger log = LoggerFactory.getLogger(EngineSlot.class);

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable Engine engine;

  EngineSlot(Engine engine) {
    this.engine = engine;
  }

  /** Something to do with the engine. */
  interface Visit<A> {
    A in(Engine engine) throws RocksDBException, StorageFault;
  }

  /** How to get a new engine once the old one is closed. */
  interface Opening {
    Engine open() throws RocksDBException;
  }

  /** Visits the engine, which stays open meanwhile. */
  <A> A visit(Visit<A> visit) throws RocksDBException, StorageFault {
    lock.readLock().lock();
    try {
      if (engine == null) {
        throw new StorageFault("storage is closed");
      }
      return visit.in(engine);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Closes the engine and puts a new one in its place; it stays empty when that fails. */
  Engine exchange(Opening opening) throws RocksDBException {
    lock.writeLock().lock();
    try {
      close();
      Engine opened = opening.open();
      engine = opened;
      return opened;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Closes the engine. One whose writes failed says so again now; what it could not write was never
   * acknowledged, and it is closed all the same.
   */
  void close() {
    lock.writeLock().lock();
    try {
      Engine closing = engine;
      engine = null;
      if (closing != null) {
        closing.close();
      }
    } catch (RocksDBException failure) {
      log.warn("Storage engine did not close cleanly: reason={}", failure.getMessage());
    } finally {
      lock.writeLock().unlock();
    }
  }
}
