package dev.rondo.bus;

import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.List;

/** Small named values in this worker's storage, for verticles that remember something. */
public final class Notes {

  private final Bus bus;
  private final long timeoutMillis;

  /** Notes that are read and kept within {@code timeoutMillis}, or not. */
  public Notes(Bus bus, long timeoutMillis) {
    this.bus = bus;
    this.timeoutMillis = timeoutMillis;
  }

  /** The value of a note; EMPTY when there is none. */
  public Future<Bytes> recall(String name) {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(name), timeoutMillis)
        .map(Remembering.Recalled::value);
  }

  /** Makes a note durable, or fails. */
  public Future<Void> keep(String name, Bytes value) {
    Storing.Store note = new Storing.Store(List.of(new Storing.Entry.Note(name, value)));
    return bus.ask(Addresses.STORE, note, timeoutMillis)
        .compose(stored -> stored.orFail("note " + name));
  }
}
