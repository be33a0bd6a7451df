package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Remembering;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.version.Version;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Answers what is asked of the storage. */
final class Serving {

  private final Supplier<Opening.Result> opened;
  private final BooleanSupplier knowsWhatItHolds;
  private final Supplier<@Nullable Topology> topology;

  /**
   * Serves nothing yet.
   *
   * @param knowsWhatItHolds whether not to hold a key is an answer at present
   */
  Serving(
      Supplier<Opening.Result> opened,
      BooleanSupplier knowsWhatItHolds,
      Supplier<@Nullable Topology> topology) {
    this.opened = opened;
    this.knowsWhatItHolds = knowsWhatItHolds;
    this.topology = topology;
  }

  void serve(Bus bus) {
    bus.serve(Addresses.STORE, store -> storage().store(store));
    bus.serve(Addresses.LOOK_UP, asked -> storage().lookUp(asked, knowsWhatItHolds.getAsBoolean()));
    bus.serveInTurn(
        Addresses.LIST,
        (page, isWanted) -> storage().scan(new ListScan(page, open().damaged()), isWanted));
    bus.serveInTurn(Addresses.RANGE, this::range);
    new Comparisons(this::storage, () -> open().trees(), () -> open().tombstones()).serve(bus);
    bus.serveInTurn(
        Addresses.HINTS,
        (waiting, isWanted) ->
            storage().scan(new HintScan(waiting, open().hints()::isExpired), isWanted));
    bus.serveInTurn(Addresses.HINTED, this::search);
    bus.serveInTurn(
        Addresses.RECALL,
        (recall, isWanted) -> storage().scan(engine -> recalled(engine, recall), isWanted));
    bus.serve(Addresses.DAMAGED, ask -> Future.succeededFuture(damaged(open(), ask)));
    bus.serve(Addresses.LATENESS, ask -> Future.succeededFuture(open().tombstones().lateness()));
    bus.serve(Addresses.STORAGE_FIGURES, ask -> Future.succeededFuture(open().figures().now()));
  }

  private Opening.Result open() {
    return opened.get();
  }

  private Storage storage() {
    return open().storage();
  }

  private Future<Ranging.Ranged> range(Ranging.Range range, BooleanSupplier isWanted) {
    Topology known = topology.get();
    return known == null
        ? Future.failedFuture(new StorageFault("the ring is not known yet"))
        : storage()
            .scan(
                new RangeScan(Arcs.owned(known, range.worker()), range, open().damaged()),
                isWanted);
  }

  /** Most of the time there are no hints to be searched. */
  private Future<Hinting.Kept> search(Hinting.Search asked, BooleanSupplier isWanted) {
    return open().hints().summary().counts().isEmpty()
        ? Future.succeededFuture(new Hinting.Kept(Version.NONE))
        : search(new HintSearch(asked.key()), isWanted);
  }

  private Future<Hinting.Kept> search(HintSearch search, BooleanSupplier isWanted) {
    return storage()
        .scan(search, isWanted)
        .compose(over -> over ? Future.succeededFuture(search.found()) : search(search, isWanted));
  }

  private static Damaged.Keys damaged(Opening.Result opened, Damaged.Ask ask) {
    return new Damaged.Keys(
        opened.damaged().behind(ask.after(), ask.limit()), opened.damaged().count());
  }

  private static Remembering.Recalled recalled(Engine engine, Remembering.Recall recall)
      throws RocksDBException {
    byte[] value = engine.get(Family.META, Layout.name(recall.name()));
    return new Remembering.Recalled(value == null ? Bytes.EMPTY : Bytes.wrap(value));
  }
}
