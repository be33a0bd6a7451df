package dev.rondo.persistence;

import dev.rondo.bus.Storing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Whatever waits goes into one batch, so that the more there is to do,
 * the more entries share an fsync. Between batches it sees to the {@link WriteSide}'s duties.
 *
 * <p>The thread outlives whatever goes wrong: without it the gate would stay open, and who wants
 * something stored would wait for ever. It goes on with a gate that has failed, and so refuses.
 */
final class StoreWriter implements Runnable {

  /** Entries and bytes of a batch; it holds more only where a single request does. */
  private static final int BATCH_ENTRIES = 1024;

  private static final long BATCH_BYTES = 8 << 20;

  private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

  private final Inbox<StoreRequest> inbox;
  private final WriteSide side;
  private final StorageMeters meters;
  private final Consumer<List<StoreRequest>> completion;
  private final long tickNanos;
  private final long syncNanos;
  private final List<StoreRequest> requests = new ArrayList<>();
  private long nextTick;
  private long nextSync;

  /**
   * A writer that has not started.
   *
   * @param completion takes the requests that were decided, to answer them elsewhere
   */
  StoreWriter(
      Inbox<StoreRequest> inbox,
      WriteSide side,
      StorageMeters meters,
      int tickMillis,
      int syncMillis,
      Consumer<List<StoreRequest>> completion) {
    this.inbox = inbox;
    this.side = side;
    this.meters = meters;
    this.completion = completion;
    this.tickNanos = TimeUnit.MILLISECONDS.toNanos(tickMillis);
    this.syncNanos = TimeUnit.MILLISECONDS.toNanos(syncMillis);
    this.nextTick = System.nanoTime() + tickNanos;
    this.nextSync = System.nanoTime() + syncNanos;
  }

  @Override
  public void run() {
    try {
      while (!inbox.isOver()) {
        turn();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      side.close();
    }
  }

  private void turn() throws InterruptedException {
    try {
      doDuties();
      long wait = Math.min(nextTick, nextSync) - System.nanoTime();
      inbox.drain(requests, BATCH_ENTRIES, BATCH_BYTES, wait);
      if (!requests.isEmpty()) {
        store(List.copyOf(requests));
        requests.clear();
      }
    } catch (RuntimeException | Error bug) {
      side.broke(bug);
      doubt(List.copyOf(requests));
      requests.clear();
    }
  }

  /** What was in hand may be stored or not. */
  private void doubt(List<StoreRequest> inHand) {
    StorageFault doubt = new StorageFault("the storage broke while it wrote");
    inHand.forEach(request -> request.doubt(doubt));
    completion.accept(inHand);
  }

  private void store(List<StoreRequest> taken) {
    long started = System.nanoTime();
    side.store(taken);
    if (taken.stream().anyMatch(request -> request.count() == 0)) {
      // Whoever stores nothing wants to know that what came before is on the disk.
      side.sync();
    }
    meters.committed(taken, System.nanoTime() - started);
    completion.accept(taken);
    if (log.isDebugEnabled()) {
      taken.forEach(StoreWriter::logStored);
    }
  }

  private void doDuties() {
    long now = System.nanoTime();
    // The next time is set first: one that throws must not be the next thing to do again.
    if (now - nextTick >= 0) {
      nextTick = now + tickNanos;
      side.tick();
    }
    if (now - nextSync >= 0) {
      nextSync = now + syncNanos;
      side.sync();
    }
  }

  private static void logStored(StoreRequest request) {
    for (int i = 0; i < request.entries().size(); i++) {
      if (request.entries().get(i) instanceof Storing.Entry.Put put && request.isDurable(i)) {
        log.debug("Stored '{}' locally", put.key().printable());
      }
    }
  }
}
