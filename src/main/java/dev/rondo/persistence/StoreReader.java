package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the threads that look single keys up. It takes a handful of what waits, and hands the
 * answers over together: waking the event loop costs more than a look-up.
 */
final class StoreReader implements Runnable {

  private static final int TAKEN_MAX = 64;
  private static final Logger log = LoggerFactory.getLogger(StoreReader.class);

  private final Inbox<LookupRequest> inbox;
  private final EngineSlot slot;
  private final Gate gate;
  private final Consumer<List<LookupRequest>> completion;
  private final Copies copies;

  /**
   * A reader that has not started.
   *
   * @param completion takes the requests that were answered, to pass the answers on
   */
  StoreReader(
      Inbox<LookupRequest> inbox,
      EngineSlot slot,
      Gate gate,
      DamagedKeys damaged,
      Consumer<List<LookupRequest>> completion) {
    this.inbox = inbox;
    this.slot = slot;
    this.gate = gate;
    this.copies = new Copies(damaged);
    this.completion = completion;
  }

  @Override
  public void run() {
    try {
      while (!inbox.isOver()) {
        List<LookupRequest> taken = new ArrayList<>();
        inbox.drain(taken, TAKEN_MAX, Long.MAX_VALUE, Inbox.forever());
        if (!taken.isEmpty()) {
          answer(taken);
          completion.accept(taken);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<LookupRequest> requests) {
    String problem = "storage failed";
    try {
      if (!gate.hasFailed()) {
        slot.visit(engine -> lookUp(engine, requests));
      }
    } catch (RocksDBException | StorageFault failure) {
      problem = String.valueOf(failure.getMessage());
    } catch (RuntimeException | Error bug) {
      log.error("Looking up failed unexpectedly", bug);
      problem = bug.toString();
    }
    for (LookupRequest request : requests) {
      request.fill(new Holding.Answer.Unreadable(problem));
    }
  }

  private boolean lookUp(Engine engine, List<LookupRequest> requests) {
    for (LookupRequest request : requests) {
      for (int i = 0; i < request.items().size(); i++) {
        if (request.isOpen(i)) {
          request.found(i, lookUp(engine, request.items().get(i), request.nothingCounts()));
        }
      }
    }
    return true;
  }

  private Holding.Answer lookUp(Engine engine, Holding.Item item, boolean nothingCounts) {
    return switch (item.want()) {
      case VERSION -> copies.version(engine, item.key(), nothingCounts);
      case INTACT -> copies.intact(engine, item.key(), nothingCounts);
      case RECORD -> copies.record(engine, item.key(), nothingCounts);
    };
  }
}
