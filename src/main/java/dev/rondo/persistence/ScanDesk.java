package dev.rondo.persistence;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/** The one thread that walks over many keys, a page at a time. */
final class ScanDesk implements Runnable {

  /** Pages that wait at most. */
  static final int WAITING_MAX = 1024;

  private final Inbox<Scan<?>> inbox = new Inbox<>(WAITING_MAX, Long.MAX_VALUE);
  private final EngineSlot slot;
  private final Gate gate;
  private final SuspectTables suspects;
  private final Consumer<Runnable> context;

  /**
   * A desk without its thread.
   *
   * @param context runs the completions of futures where they belong
   */
  ScanDesk(EngineSlot slot, Gate gate, SuspectTables suspects, Consumer<Runnable> context) {
    this.slot = slot;
    this.gate = gate;
    this.suspects = suspects;
    this.context = context;
  }

  private record Scan<A>(EngineSlot.Visit<A> visit, BooleanSupplier isWanted, Promise<A> promise)
      implements Inbox.Load {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public long bytes() {
      return 0;
    }
  }

  /**
   * Visits the engine when it is this one's turn; fails when too many wait, or it cannot be, or the
   * answer is not wanted any more by then: what is late must not make late what waits behind it.
   */
  <A> Future<A> ask(EngineSlot.Visit<A> visit, BooleanSupplier isWanted) {
    Promise<A> promise = Promise.promise();
    return inbox.offer(new Scan<>(visit, isWanted, promise))
        ? promise.future()
        : Future.failedFuture(new StorageFault("too many pages are asked for"));
  }

  @Override
  public void run() {
    try {
      List<Scan<?>> taken = new ArrayList<>(1);
      while (!inbox.isOver()) {
        inbox.drain(taken, 1, Long.MAX_VALUE, Inbox.forever());
        taken.forEach(this::answer);
        taken.clear();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private <A> void answer(Scan<A> scan) {
    try {
      if (gate.hasFailed()) {
        throw new StorageFault("storage failed");
      }
      if (!scan.isWanted().getAsBoolean()) {
        throw new StorageFault("nobody waits for the page any more");
      }
      A answer = slot.visit(scan.visit());
      context.accept(() -> scan.promise().complete(answer));
    } catch (RocksDBException failure) {
      suspects.accuse(failure);
      context.accept(
          () -> scan.promise().fail(new StorageFault("storage cannot be read", failure)));
    } catch (StorageFault | RuntimeException | Error failure) {
      context.accept(() -> scan.promise().fail(failure));
    }
  }

  int waiting() {
    return inbox.count();
  }

  void close() {
    inbox.close();
  }
}
