package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Branching;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Digesting;
import dev.rondo.bus.Inventory;
import dev.rondo.core.digest.RingRanges;
import dev.rondo.core.merkle.ArcTrees;
import dev.rondo.core.merkle.LastCut;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers what is asked to compare this worker with others. The askers bring the topology, so that
 * both sides of a comparison go by the same one whoever hears first of a newer.
 */
final class Comparisons {

  private final Supplier<Storage> storage;
  private final Supplier<Trees> trees;
  private final Supplier<Tombstones> tombstones;
  private final LastCut cuts = new LastCut();

  Comparisons(Supplier<Storage> storage, Supplier<Trees> trees, Supplier<Tombstones> tombstones) {
    this.tombstones = tombstones;
    this.storage = storage;
    this.trees = trees;
  }

  void serve(Bus bus) {
    bus.serveInTurn(
        Addresses.DIGEST, (question, isWanted) -> digest(new DigestScan(question), isWanted));
    bus.serveInTurn(Addresses.INVENTORY, this::shared);
    bus.serveInTurn(Addresses.SURPLUS, this::surplus);
    bus.serve(Addresses.BRANCHES, question -> Future.succeededFuture(branches(question)));
    bus.serveInTurn(Addresses.BUCKETS, this::buckets);
  }

  private Future<Digesting.Digests> digest(DigestScan scan, BooleanSupplier isWanted) {
    return storage
        .get()
        .scan(scan, isWanted)
        .compose(over -> over ? Future.succeededFuture(scan.digests()) : digest(scan, isWanted));
  }

  private Future<Inventory.Page> shared(Inventory.Shared question, BooleanSupplier isWanted) {
    Arcs ranges = Arcs.of(new RingRanges(question.bits()), question.ranges());
    Arcs shared = Arcs.shared(question.topology(), question.one(), question.other());
    return storage
        .get()
        .scan(new InventoryScan(shared.and(ranges), question.cursor(), tombstones.get()), isWanted);
  }

  private Branching.Answer branches(Branching.Branches question) {
    ArcTrees known = trees.get().ready();
    if (known == null || !known.cut().isSameAs(cuts.of(question.topology()))) {
      return Branching.Answer.Absent.ABSENT;
    }
    return new Branching.Answer.Digests(known.digests(question.level(), question.parents()));
  }

  private Future<Inventory.Page> buckets(Inventory.Buckets question, BooleanSupplier isWanted) {
    Arcs wanted = Arcs.of(cuts.of(question.topology()), question.buckets());
    return storage
        .get()
        .scan(new InventoryScan(wanted, question.cursor(), tombstones.get()), isWanted);
  }

  private Future<Inventory.Page> surplus(Inventory.Surplus question, BooleanSupplier isWanted) {
    Arcs foreign = Arcs.foreign(question.topology(), question.worker());
    return storage.get().scan(new InventoryScan(foreign, question.cursor()), isWanted);
  }
}
