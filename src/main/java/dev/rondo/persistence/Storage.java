package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open storage: its queues, and the threads behind them.
 *
 * <p>Asking never blocks; the futures complete on the verticle's context. Closing blocks.
 */
final class Storage {

  private static final Logger log = LoggerFactory.getLogger(Storage.class);

  private final Inbox<StoreRequest> writes;
  private final Inbox<LookupRequest> lookUps;
  private final ScanDesk scans;
  private final StorageMeters meters;
  private final Thread writer;
  private final List<Thread> readers;
  private final FolderLock lock;

  /** The parts, their threads not started yet; {@code readers} includes the one of the desk. */
  Storage(
      Inbox<StoreRequest> writes,
      Inbox<LookupRequest> lookUps,
      ScanDesk scans,
      StorageMeters meters,
      Thread writer,
      List<Thread> readers,
      FolderLock lock) {
    this.writes = writes;
    this.lookUps = lookUps;
    this.scans = scans;
    this.meters = meters;
    this.writer = writer;
    this.readers = List.copyOf(readers);
    this.lock = lock;
  }

  void start() {
    writer.start();
    readers.forEach(Thread::start);
  }

  /** Makes entries durable, together with what else waits; refuses all when too much does. */
  Future<Storing.Stored> store(Storing.Store store) {
    StoreRequest request = new StoreRequest(store);
    if (request.count() == 0) {
      return Future.succeededFuture(new Storing.Stored(List.of()));
    }
    if (writes.offer(request)) {
      return request.answer();
    }
    meters.refused(Storing.Result.Refusal.OVERLOADED, request.count());
    return Future.succeededFuture(StoreRequest.refused(store, Storing.Result.Refusal.OVERLOADED));
  }

  /** Looks keys up; {@code nothingCounts} says whether not to hold one is an answer at present. */
  Future<Holding.Held> lookUp(Holding.Lookup lookup, boolean nothingCounts) {
    LookupRequest request = new LookupRequest(lookup, nothingCounts);
    if (lookUps.offer(request)) {
      return request.answer();
    }
    return Future.succeededFuture(
        new Holding.Held(
            Collections.nCopies(request.count(), Holding.Answer.Overloaded.OVERLOADED)));
  }

  /** Does something longer with the engine. */
  <A> Future<A> scan(EngineSlot.Visit<A> visit) {
    return scans.ask(visit);
  }

  /** Finishes what waits, brings everything to the disk, and ends the threads. */
  void close() throws InterruptedException, IOException {
    lookUps.close();
    scans.close();
    writes.close();
    for (Thread reader : readers) {
      reader.join();
    }
    writer.join();
    meters.close();
    lock.close();
    log.info("Storage closed");
  }
}
