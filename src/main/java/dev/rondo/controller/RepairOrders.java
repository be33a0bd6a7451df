package dev.rondo.controller;

import dev.rondo.bus.Repairing;
import dev.rondo.proto.FromController;
import dev.rondo.proto.Repair;
import io.vertx.core.Future;
import java.util.List;

/** Has workers make their copies equal to their peers'. */
final class RepairOrders {

  private final Workers workers;
  private long last = System.currentTimeMillis();

  RepairOrders(Workers workers) {
    this.workers = workers;
  }

  /** Tells the one that is meant, or all, as far as they are there. */
  Future<Repairing.Outcome> give(Repairing.Repair wanted) {
    long order = ++last;
    List<Integer> told =
        workers.all().stream()
            .filter(row -> wanted.worker() == null || wanted.worker() == row.id())
            .filter(row -> row.call() != null)
            .map(WorkerRow::id)
            .toList();
    FromController message =
        FromController.newBuilder().setRepair(Repair.newBuilder().setOrder(order)).build();
    told.forEach(worker -> workers.tell(worker, message));
    return Future.succeededFuture(new Repairing.Outcome(order, told));
  }
}
