package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Storing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.Future;
import java.util.List;

/** Brings owners up to date that a read found behind, after the client was answered. */
final class ReadRepair {

  /** Repairs under way at most; what is left out, the next read of the key finds again. */
  private static final int UNDERWAY_MAX = 256;

  private final Bus bus;
  private final int self;
  private final Timeouts timeouts;
  private final RouterMeters meters;
  private int underway;

  ReadRepair(Bus bus, int self, Timeouts timeouts, RouterMeters meters) {
    this.bus = bus;
    this.self = self;
    this.timeouts = timeouts;
    this.meters = meters;
  }

  /** Sends the newest record to the workers that hold less. */
  void repair(Key key, StoredRecord newest, List<Integer> stale) {
    for (int worker : stale) {
      if (underway < UNDERWAY_MAX) {
        underway++;
        send(worker, new Storing.Entry.Put(key, newest)).onComplete(done -> underway--);
        meters.repaired().increment();
      }
    }
  }

  private Future<?> send(int worker, Storing.Entry.Put put) {
    return worker == self
        ? bus.ask(Addresses.STORE, new Storing.Store(List.of(put)), timeouts.storeMillis())
        : bus.ask(Addresses.SEND, new Peering.Send(worker, put), timeouts.replicaMillis());
  }
}
