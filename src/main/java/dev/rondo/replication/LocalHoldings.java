package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What this worker holds, to be compared with a peer. */
final class LocalHoldings {

  private final Bus bus;

  LocalHoldings(Bus bus) {
    this.bus = bus;
  }

  Future<Digesting.Digests> digests(Comparison comparison, int from, int count) {
    return bus.ask(
        Addresses.DIGEST,
        new Digesting.Ranges(
            comparison.topology(),
            comparison.self(),
            comparison.peer().id(),
            Comparison.RANGES.bits(),
            from,
            count,
            Comparison.DEADLINE_MILLIS),
        Comparison.DEADLINE_MILLIS);
  }

  Future<Map<Key, Version>> versions(Comparison comparison, List<Integer> ranges) {
    Map<Key, Version> known = new HashMap<>();
    Inventory.Shared first =
        new Inventory.Shared(
            comparison.topology(),
            comparison.self(),
            comparison.peer().id(),
            Comparison.RANGES.bits(),
            ranges,
            Bytes.EMPTY);
    Pages pages = new Pages(bus, first);
    return Steps.repeat(
            () ->
                pages
                    .next()
                    .map(
                        items -> {
                          items.forEach(item -> known.put(item.key(), item.version()));
                          return pages.hasNext();
                        }))
        .map(known);
  }
}
