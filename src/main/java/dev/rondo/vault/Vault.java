package dev.rondo.vault;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker's database is. It belongs to the node: whoever works with it holds the vault for
 * some time and leaves the database open, and the node closes it at the end.
 *
 * <p>One holds it at a time, and only the holder writes. Readers come and go through {@link
 * #reading}, also those of a holder before, so that the database cannot be closed while anybody is
 * inside.
 */
public final class Vault extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(Vault.class);

  private static final long PATIENCE_MILLIS = 10_000;

  private final ReadWriteLock door = new ReentrantReadWriteLock();
  private volatile @Nullable Database database;
  private @Nullable Object holder;
  private @Nullable FolderLock claim;
  private boolean intact;

  /**
   * Makes {@code next} the holder, as soon as there is no other one.
   *
   * @param folder is claimed for this process, unless that was done before
   */
  public synchronized void take(Object next, Path folder, long patienceMillis)
      throws IOException, InterruptedException {
    waitUntilFree(patienceMillis);
    if (claim == null) {
      claim = FolderLock.take(folder);
    }
    holder = next;
  }

  /**
   * The holder writes no more.
   *
   * @param wasIntact whether the database may be written out before it is closed
   */
  public synchronized void release(Object last, boolean wasIntact) {
    if (holder == last) {
      holder = null;
      intact = wasIntact;
      notifyAll();
    }
  }

  private void waitUntilFree(long patienceMillis) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (holder != null) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new IOException("The storage is still held by another generation");
      }
      wait(left);
    }
  }

  /** The open database; null when there is none. Stays open for as long as a lock is held. */
  public @Nullable Database database() {
    return database;
  }

  /** Whether it is this one; a later generation may have opened the store again. */
  public boolean keeps(Database other) {
    Database kept = database;
    return kept != null && kept.rocks() == other.rocks();
  }

  /** To be held by whoever reads. */
  public Lock reading() {
    return door.readLock();
  }

  /** To be held by the holder while it closes the database or puts another one in its place. */
  public Lock exchanging() {
    return door.writeLock();
  }

  /** Keeps another database from now on, or none. */
  public void keep(@Nullable Database next) {
    database = next;
  }

  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(
        () -> {
          close();
          return this;
        });
  }

  private synchronized void close() throws IOException, InterruptedException {
    waitUntilFree(PATIENCE_MILLIS);
    door.writeLock().lock();
    try {
      close(database);
    } finally {
      database = null;
      door.writeLock().unlock();
    }
    if (claim != null) {
      claim.close();
      claim = null;
      log.info("Storage closed");
    }
  }

  private void close(@Nullable Database last) {
    if (last == null) {
      return;
    }
    try {
      if (intact) {
        last.flush();
      }
    } catch (RocksDBException failure) {
      log.warn("Storage closes with its log unmerged: reason={}", failure.getMessage());
    }
    try {
      last.close();
    } catch (RocksDBException failure) {
      log.warn("Storage engine did not close cleanly: reason={}", failure.getMessage());
    }
  }
}
