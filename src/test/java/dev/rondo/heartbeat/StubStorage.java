package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A storage in memory that keeps notes and nothing else. */
final class StubStorage {
  final Map<String, Bytes> notes = new ConcurrentHashMap<>();
  volatile Health health = Health.OPEN;
  volatile Storing.Result result = Storing.Result.Done.DURABLE;

  void serve(Bus bus) {
    bus.serve(
        Addresses.RECALL,
        recall ->
            Future.succeededFuture(
                new Remembering.Recalled(notes.getOrDefault(recall.name(), Bytes.EMPTY))));
    bus.serve(Addresses.STORE, this::store);
    bus.serve(
        Addresses.STORAGE_FIGURES,
        ask ->
            Future.succeededFuture(
                new StorageFigures(health, 0, 0, 0, 0, Map.of(), 0, 0, null, List.of())));
  }

  private Future<Storing.Stored> store(Storing.Store store) {
    Storing.Entry.Note note = (Storing.Entry.Note) store.entries().get(0);
    if (result == Storing.Result.Done.DURABLE) {
      notes.put(note.name(), note.value());
    }
    return Future.succeededFuture(new Storing.Stored(List.of(result)));
  }
}
