package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing.Entry;
import dev.rondo.bus.Storing.Result;
import java.util.List;
import java.util.Map;

/** Takes the hints that wait at a worker to their owners, oldest first. */
final class HintCourier {

  private static final long LOOK = 100_000;
  private static final int BATCH = 16;

  private final Worker worker;
  private int open;

  HintCourier(Worker worker) {
    this.worker = worker;
  }

  void look() {
    for (Worker owner : worker.simulation().workers()) {
      if (open == 0 && worker.isReachable(owner.id())) {
        deliver(owner);
      }
    }
    worker.later(LOOK, this::look);
  }

  private void deliver(Worker owner) {
    Map<Long, Entry.Hint> waiting = worker.disk().waitingFor(owner.id());
    List<Map.Entry<Long, Entry.Hint>> batch =
        waiting.entrySet().stream().limit(BATCH).map(Map.Entry::copyOf).toList();
    for (Map.Entry<Long, Entry.Hint> hint : batch) {
      open++;
      if (worker.simulation().bug() == Bug.DELETES_HINTS_UNCONFIRMED) {
        delete(owner, hint.getKey());
      }
      deliver(owner, hint.getKey(), hint.getValue());
    }
  }

  private void deliver(Worker owner, long sequence, Entry.Hint hint) {
    Entry copy = new Entry.Put(hint.key(), hint.record());
    if (owner == worker) {
      worker.store(copy, result -> settle(owner, sequence, hint, result));
      return;
    }
    worker
        .simulation()
        .network()
        .<Result>ask(
            worker,
            owner,
            Worker.REPLICA_TIMEOUT,
            (peer, reply) -> peer.receive(copy, reply),
            result -> settle(owner, sequence, hint, result),
            this::failed);
  }

  private void failed(PeerFault.Kind kind) {
    open--;
  }

  private void settle(Worker owner, long sequence, Entry.Hint hint, Result result) {
    open--;
    if (!(result instanceof Result.Refusal)) {
      worker.simulation().trace().add(worker, "delivered hint for", owner, ":", hint.record());
      delete(owner, sequence);
    }
  }

  private void delete(Worker owner, long sequence) {
    worker.store(new Entry.Delivered(owner.id(), List.of(sequence)), gone -> {});
  }
}
