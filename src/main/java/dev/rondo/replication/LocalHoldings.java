package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Branching;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.record.Key;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            count),
        Comparison.DEADLINE_MILLIS);
  }

  Future<Map<Key, Held>> versions(Comparison comparison, List<Integer> ranges) {
    return Pages.of(
            bus,
            Addresses.INVENTORY,
            cursor ->
                new Inventory.Shared(
                    comparison.topology(),
                    comparison.self(),
                    comparison.peer().id(),
                    Comparison.RANGES.bits(),
                    ranges,
                    cursor))
        .all();
  }

  /** Digests out of the Merkle trees; empty while there are none. */
  Future<Optional<List<Long>>> branches(Comparison comparison, int level, List<Integer> parents) {
    Branching.Branches question = new Branching.Branches(comparison.topology(), level, parents);
    return bus.ask(Addresses.BRANCHES, question, Comparison.DEADLINE_MILLIS)
        .map(
            answer ->
                answer instanceof Branching.Answer.Digests known
                    ? Optional.of(known.digests())
                    : Optional.empty());
  }

  /** What is held in some buckets of the Merkle trees. */
  Future<Map<Key, Held>> buckets(Comparison comparison, List<Integer> buckets) {
    return Pages.of(
            bus,
            Addresses.BUCKETS,
            cursor -> new Inventory.Buckets(comparison.topology(), buckets, cursor))
        .all();
  }
}
