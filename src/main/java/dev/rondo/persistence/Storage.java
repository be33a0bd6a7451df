package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The open storage: its queues, and the threads behind them.
 *
 * <p>Asking never blocks; the futures complete on the verticle's context. Ending blocks.
 */
final class Storage {

  private final EngineSlot slot;
  private final Inbox<StoreRequest> writes;
  private final Inbox<LookupRequest> lookUps;
  private final CachedReads reads;
  private final ScanDesk scans;
  private final Scrub scrub;
  private final Trees trees;
  private final StorageMeters meters;
  private final Thread writer;
  private final List<Thread> readers;

  /**
   * The parts, their threads not started yet; {@code readers} includes those of the desk and the
   * scrub.
   */
  Storage(
      EngineSlot slot,
      Inbox<StoreRequest> writes,
      Inbox<LookupRequest> lookUps,
      CachedReads reads,
      ScanDesk scans,
      Scrub scrub,
      Trees trees,
      StorageMeters meters,
      Thread writer,
      List<Thread> readers) {
    this.slot = slot;
    this.writes = writes;
    this.lookUps = lookUps;
    this.reads = reads;
    this.scans = scans;
    this.scrub = scrub;
    this.trees = trees;
    this.meters = meters;
    this.writer = writer;
    this.readers = List.copyOf(readers);
  }

  void start(Figures figures) {
    meters.queue("writes", writes::count);
    meters.queue("reads", lookUps::count);
    meters.queue("scans", scans::waiting);
    figures.show(meters);
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

  /**
   * Looks keys up, from memory at once or else with the engine.
   *
   * @param nothingCounts whether not to hold one is an answer at present
   */
  Future<Holding.Held> lookUp(Holding.Lookup lookup, boolean nothingCounts) {
    List<Holding.Item> items = lookup.items();
    LookupRequest request =
        new LookupRequest(items, nothingCounts, reads.changes(), reads.answer(items));
    if (!request.isAnswered()) {
      if (lookUps.offer(request)) {
        return request.answer();
      }
      request.fill(Holding.Answer.Overloaded.OVERLOADED);
    }
    return Future.succeededFuture(request.held());
  }

  /** Does something longer with the engine. */
  <A> Future<A> scan(EngineSlot.Visit<A> visit) {
    return scan(visit, () -> true);
  }

  /** The same, unless the answer is not wanted any more when its turn comes. */
  <A> Future<A> scan(EngineSlot.Visit<A> visit, BooleanSupplier isWanted) {
    return scans.ask(visit, isWanted);
  }

  /** Completes when everything that came before is stored, and is on the disk. */
  Future<?> settle() {
    StoreRequest last = new StoreRequest(new Storing.Store(List.of()));
    return writes.offer(last)
        ? last.answer()
        : Future.failedFuture(new StorageFault("storage is closed"));
  }

  /** Stores what waits, brings it to the disk, and ends the thread that writes. Blocks. */
  void endWriting() throws InterruptedException {
    writes.close();
    writer.join();
    trees.endBuild();
    meters.hide();
  }

  /** Answers who waits, ends the other threads, and lets go of the database. Blocks. */
  void endReading() throws InterruptedException {
    lookUps.close();
    scans.close();
    scrub.stop();
    for (Thread reader : readers) {
      reader.join();
    }
    slot.leave();
  }

  /** How many questions wait for an answer. */
  int waiting() {
    return writes.count() + lookUps.count() + scans.waiting();
  }
}
