package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Inventory;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of an inventory, one after the other. */
final class Pages {

  private final Bus bus;
  private final Inventory.Shared question;
  private @Nullable Bytes cursor;

  Pages(Bus bus, Inventory.Shared question) {
    this.bus = bus;
    this.question = question;
    this.cursor = question.cursor();
  }

  boolean hasNext() {
    return cursor != null;
  }

  /** The next page, which may be empty although there are more. */
  Future<List<Inventory.Item>> next() {
    Inventory.Shared next =
        new Inventory.Shared(
            question.topology(),
            question.one(),
            question.other(),
            question.bits(),
            question.ranges(),
            cursor == null ? Bytes.EMPTY : cursor);
    return bus.ask(Addresses.INVENTORY, next, Comparison.DEADLINE_MILLIS)
        .onSuccess(page -> cursor = page.next())
        .map(Inventory.Page::items);
  }
}
