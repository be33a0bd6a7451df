package dev.rondo.replication;

import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.record.Key;
import dev.rondo.proto.KeyVersion;
import dev.rondo.proto.VersionsBatch;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Inventories on their way to a peer. */
final class WireVersions {

  private WireVersions() {}

  /** Sends all pages; the next one is read when the one before has left. */
  static Future<Void> send(Pages pages, Caller<VersionsBatch> caller) {
    return Steps.repeat(
        () ->
            pages
                .next()
                .compose(items -> caller.write(batch(items)))
                .map(written -> pages.hasNext()));
  }

  private static VersionsBatch batch(List<Inventory.Item> items) {
    VersionsBatch.Builder batch = VersionsBatch.newBuilder();
    for (Inventory.Item item : items) {
      batch.addKeys(
          KeyVersion.newBuilder()
              .setKey(Wire.bytes(item.key().bytes()))
              .setVersion(Wire.version(item.version()))
              .setRipe(item.ripe()));
    }
    return batch.build();
  }

  /** What the batches say. */
  static Map<Key, Held> read(List<VersionsBatch> batches) {
    Map<Key, Held> held = new HashMap<>();
    for (VersionsBatch batch : batches) {
      for (KeyVersion item : batch.getKeysList()) {
        held.put(
            Wire.key(item.getKey()), new Held(Wire.version(item.getVersion()), item.getRipe()));
      }
    }
    return held;
  }
}
