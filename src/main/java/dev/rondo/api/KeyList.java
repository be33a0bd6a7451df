package dev.rondo.api;

import dev.rondo.bus.Listing.Item;
import dev.rondo.bus.Listing.Listed;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.RecordHead;
import dev.rondo.core.record.StoredRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of keys, as JSON. A page of large values is cut short, between two keys. */
final class KeyList {

  private static final int VALUE_BYTES_MAX = 4 << 20;

  private KeyList() {}

  static JsonObject json(Listed listed) {
    int count = fitting(listed.items());
    JsonArray items = new JsonArray();
    listed.items().subList(0, count).forEach(item -> items.add(json(item)));
    Bytes next = count < listed.items().size() ? key(listed, count).bytes() : listed.next();
    return new JsonObject().put("items", items).put("next", encoded(next));
  }

  private static @Nullable String encoded(@Nullable Bytes next) {
    return next == null ? null : Cursor.encode(next);
  }

  /** How many items to show; the copy and the hints of one key stay together. */
  private static int fitting(List<Item> items) {
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += items.get(i).record() == null ? 0 : items.get(i).head().size();
      boolean startsKey = i > 0 && !items.get(i).key().equals(items.get(i - 1).key());
      if (startsKey && bytes > VALUE_BYTES_MAX) {
        return i;
      }
    }
    return items.size();
  }

  private static Key key(Listed listed, int index) {
    return listed.items().get(index).key();
  }

  private static JsonObject json(Item item) {
    RecordHead head = item.head();
    StoredRecord record = item.record();
    JsonObject json =
        new JsonObject()
            .put("key", item.key().toString())
            .put("version", head.version().toString())
            .put("contentType", head.contentType())
            .put("size", head.size());
    if (head.tombstone()) {
      json.put("tombstone", true);
    } else if (record != null) {
      json.put("value", Base64.getEncoder().encodeToString(record.value().toArray()));
    }
    if (item.hintFor() != null) {
      json.put("hintFor", item.hintFor());
    }
    return json;
  }
}
