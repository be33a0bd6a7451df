package dev.rondo.persistence;

import dev.rondo.bus.Holding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the threads that look single keys up. It takes a handful of what waits, and hands the
 * answers over together: waking the event loop costs more than a look-up. Where the records are
 * large it hands over before it has read all of them, and waits until they were taken: whoever
 * asked may need long to pass them on, and until then they are in memory.
 */
final class StoreReader implements Runnable {

  private static final int TAKEN_MAX = 64;

  /** So much is handed over before more is read. */
  static final long TOGETHER_BYTES = 4 << 20;

  /** A request that asks for more at once gets this much, and one record in any case. */
  static final long REQUEST_BYTES = 8 << 20;

  /** An event loop that takes longer is stuck, or there no more. */
  private static final int PATIENCE_SECONDS = 1;

  private static final Logger log = LoggerFactory.getLogger(StoreReader.class);

  private final Inbox<LookupRequest> inbox;
  private final EngineSlot slot;
  private final Gate gate;
  private final Completion completion;
  private final Copies copies;
  private long bytes;

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
      Completion completion) {
    this.inbox = inbox;
    this.slot = slot;
    this.gate = gate;
    this.copies = new Copies(damaged);
    this.completion = completion;
  }

  /** Where answers go. */
  interface Completion {

    /** Passes them on elsewhere, and then runs {@code passedOn}. */
    void accept(List<LookupRequest> answered, Runnable passedOn);
  }

  @Override
  public void run() {
    try {
      while (!inbox.isOver()) {
        List<LookupRequest> taken = new ArrayList<>();
        inbox.drain(taken, TAKEN_MAX, Long.MAX_VALUE, Inbox.forever());
        while (!taken.isEmpty()) {
          List<LookupRequest> answered = taken.subList(0, answer(taken));
          handOver(List.copyOf(answered));
          answered.clear();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver(List<LookupRequest> answered) throws InterruptedException {
    if (bytes < TOGETHER_BYTES) {
      completion.accept(answered, () -> {});
      return;
    }
    CountDownLatch passedOn = new CountDownLatch(1);
    completion.accept(answered, passedOn::countDown);
    if (!passedOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      log.debug("Nobody takes what was looked up");
    }
  }

  /** Answers the first of them, one at least; returns how many. */
  private int answer(List<LookupRequest> requests) {
    String problem = "storage failed";
    bytes = 0;
    try {
      if (!gate.hasFailed()) {
        return slot.visit(engine -> lookUp(engine, requests));
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
    return requests.size();
  }

  private int lookUp(Engine engine, List<LookupRequest> requests) {
    int answered = 0;
    while (answered < requests.size() && bytes < TOGETHER_BYTES) {
      lookUp(engine, requests.get(answered));
      answered++;
    }
    return answered;
  }

  private void lookUp(Engine engine, LookupRequest request) {
    long before = bytes;
    for (int i = 0; i < request.items().size(); i++) {
      if (!request.isOpen(i)) {
        continue;
      }
      Holding.Item item = request.items().get(i);
      if (item.want() == Holding.Want.RECORD && bytes - before >= REQUEST_BYTES) {
        request.found(i, Holding.Answer.Overloaded.OVERLOADED);
        continue;
      }
      Holding.Answer answer = lookUp(engine, item, request.nothingCounts());
      request.found(i, answer);
      if (answer instanceof Holding.Answer.Whole whole) {
        bytes += whole.record().encoded().length();
      }
    }
  }

  private Holding.Answer lookUp(Engine engine, Holding.Item item, boolean nothingCounts) {
    return switch (item.want()) {
      case VERSION -> copies.version(engine, item.key(), nothingCounts);
      case INTACT -> copies.intact(engine, item.key(), nothingCounts);
      case RECORD -> copies.record(engine, item.key(), nothingCounts);
    };
  }
}
