package dev.rondo.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Operations that arrive by the clock. Latency counts from the moment at which an operation was
 * due, also when it could be sent only later, so that a slow target is not asked less often and
 * then praised for it.
 *
 * @see <a href="https://www.scylladb.com/2021/04/22/on-coordinated-omission/">Coordinated
 *     omission</a>
 */
final class OpenLoop {

  /** More than these wait at the target's door instead of in this process' memory. */
  private static final int OUTSTANDING_MAX = 20_000;

  private final Context context;
  private final Sender sender;
  private final Source source;
  private final Arrivals arrivals;
  private final long giveUpNanos;
  private final Promise<Void> ended = Promise.promise();
  private final AtomicBoolean tickPending = new AtomicBoolean();
  private long sent;
  private int outstanding;
  private boolean dry;

  /** Whatever was not even sent {@code patience} after the last arrival never is. */
  OpenLoop(Context context, Sender sender, Source source, Arrivals arrivals, Duration patience) {
    this.context = context;
    this.sender = sender;
    this.source = source;
    this.arrivals = arrivals;
    this.giveUpNanos = arrivals.at(arrivals.total()) + patience.toNanos();
  }

  /** Starts the clock, on a thread of its own: an event loop's timers are a millisecond coarse. */
  Future<Void> start() {
    Thread clock = new Thread(this::tick, "bench-arrivals");
    clock.setDaemon(true);
    clock.start();
    return ended.future();
  }

  private void tick() {
    long due = 0;
    while (due < arrivals.total() && !ended.future().isComplete()) {
      LockSupport.parkNanos(arrivals.at(due) - System.nanoTime());
      due = arrivals.due(System.nanoTime());
      requestSend();
    }
    requestSend();
  }

  private void requestSend() {
    if (tickPending.compareAndSet(false, true)) {
      context.runOnContext(
          none -> {
            tickPending.set(false);
            sendDue();
          });
    }
  }

  private void sendDue() {
    long now = System.nanoTime();
    long due = arrivals.due(now);
    while (sent < due && !dry && outstanding < OUTSTANDING_MAX) {
      sendNext();
    }
    if (sent < arrivals.total() && !dry && now > giveUpNanos) {
      sender.unsent(arrivals.total() - sent);
      dry = true;
    }
    if (outstanding == 0 && (dry || sent == arrivals.total())) {
      ended.tryComplete();
    }
  }

  private void sendNext() {
    Operation operation = source.next();
    if (operation == null) {
      dry = true;
      return;
    }
    outstanding++;
    long number = sent++;
    sender
        .send(number, operation, arrivals.at(number))
        .onSuccess(
            answer -> {
              outstanding--;
              sendDue();
            });
  }
}
