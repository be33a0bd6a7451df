package dev.rondo.replication;

import dev.rondo.bus.Notes;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Under which store id this worker knows each other one; durable. */
final class KnownStores {

  private final Notes notes;
  private final Map<Integer, Bytes> known = new HashMap<>();

  KnownStores(Notes notes) {
    this.notes = notes;
  }

  /**
   * The store under which a worker was known before, EMPTY for never. A worker that was never met
   * is known under {@code storeId} from then on, durably before the future completes: its store
   * will count as new because of this answer.
   */
  Future<Bytes> meet(int worker, Bytes storeId) {
    Bytes before = known.get(worker);
    return before != null
        ? Future.succeededFuture(before)
        : notes.recall(note(worker)).compose(recalled -> met(worker, storeId, recalled));
  }

  private Future<Bytes> met(int worker, Bytes storeId, Bytes recalled) {
    if (recalled.length() > 0) {
      known.put(worker, recalled);
      return Future.succeededFuture(recalled);
    }
    return adopt(worker, storeId).map(Bytes.EMPTY);
  }

  /** The worker has lost its old store and was rebuilt in this one. */
  Future<Void> adopt(int worker, Bytes storeId) {
    return notes.keep(note(worker), storeId).onSuccess(kept -> known.put(worker, storeId));
  }

  private static String note(int worker) {
    return "peer." + worker + ".store";
  }
}
