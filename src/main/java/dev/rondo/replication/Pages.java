package dev.rondo.replication;

import dev.rondo.bus.Bus;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages of an inventory, one after the other. */
final class Pages {

  private final Function<Bytes, Future<Inventory.Page>> source;
  private @Nullable Bytes cursor = Bytes.EMPTY;

  private Pages(Function<Bytes, Future<Inventory.Page>> source) {
    this.source = source;
  }

  /** The pages that the storage answers to a question, which differs by its cursor. */
  static <Q> Pages of(Bus bus, Endpoint<Q, Inventory.Page> endpoint, Function<Bytes, Q> question) {
    return new Pages(
        cursor -> bus.ask(endpoint, question.apply(cursor), Comparison.DEADLINE_MILLIS));
  }

  boolean hasNext() {
    return cursor != null;
  }

  /** The next page, which may be empty although there are more. */
  Future<List<Inventory.Item>> next() {
    return source
        .apply(cursor == null ? Bytes.EMPTY : cursor)
        .onSuccess(page -> cursor = page.next())
        .map(Inventory.Page::items);
  }

  /** All that is on them. */
  Future<Map<Key, Held>> all() {
    Map<Key, Held> held = new HashMap<>();
    return Steps.repeat(() -> next().map(items -> collect(items, held))).map(held);
  }

  private boolean collect(List<Inventory.Item> items, Map<Key, Held> held) {
    items.forEach(item -> held.put(item.key(), new Held(item.version(), item.ripe())));
    return hasNext();
  }
}
