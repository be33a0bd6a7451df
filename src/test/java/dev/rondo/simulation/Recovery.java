package dev.rondo.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a worker does that was away: it compares with everybody, and is behind until then. */
final class Recovery {

  private static final long RETRY = 50_000;

  /** Who cannot be compared for so long is left out. */
  private static final long PATIENCE = 2_000_000;

  private final Worker worker;
  private final Deque<Worker> left;
  private long progressAt;

  Recovery(Worker worker) {
    this.worker = worker;
    this.left = new ArrayDeque<>(worker.simulation().workers());
    this.left.remove(worker);
    this.progressAt = worker.simulation().time().now();
  }

  /** Goes on with the next peer. */
  void proceed() {
    long now = worker.simulation().time().now();
    if (left.isEmpty() || now - progressAt > PATIENCE) {
      worker.caughtUp();
    } else {
      Worker peer = left.remove();
      new Exchange(worker, peer).catchUp(done -> compared(peer, done));
    }
  }

  private void compared(Worker peer, boolean done) {
    if (done) {
      progressAt = worker.simulation().time().now();
      proceed();
    } else {
      left.add(peer);
      worker.later(RETRY, this::proceed);
    }
  }
}
