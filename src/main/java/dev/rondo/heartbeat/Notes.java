package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/** What this verticle remembers, in the worker's storage. */
final class Notes {

  private final Bus bus;
  private final long timeoutMillis;

  Notes(Bus bus, long timeoutMillis) {
    this.bus = bus;
    this.timeoutMillis = timeoutMillis;
  }

  /** The value of a note; EMPTY when there is none. */
  Future<Bytes> recall(String name) {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(name), timeoutMillis)
        .map(Remembering.Recalled::value);
  }

  /** Makes a note durable, or fails. */
  Future<Void> keep(String name, Bytes value) {
    var note = new Storing.Store(List.of(new Storing.Entry.Note(name, value)));
    return bus.ask(Addresses.STORE, note, timeoutMillis)
        .compose(
            stored ->
                stored.results().get(0) == Storing.Result.Done.DURABLE
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IOException(stored.results().get(0).toString())));
  }
}
