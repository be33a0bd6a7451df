package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Damaged;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.ViewAsk;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The storage on the bus: the only owner of what is on this worker's disk.
 *
 * <p>It answers everything on its own context and does nothing there that could block; that is left
 * to the threads of {@link Storage}.
 */
public final class PersistenceVerticle extends VerticleBase {

  private static final int MEASURE_MILLIS = 1000;

  private final NodeConfig config;
  private final Bus bus;
  private final StorageMeters meters;
  private final Surroundings.Source surroundings;
  private Fitness fitness = Fitness.STARTING;
  private @Nullable Topology topology;
  private Opening.@Nullable Result open;

  public PersistenceVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this(config, bus, meters, Surroundings::real);
  }

  PersistenceVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, Surroundings.Source surroundings) {
    this.config = config;
    this.bus = bus;
    this.meters = new StorageMeters(meters);
    this.surroundings = surroundings;
  }

  @Override
  public Future<?> start() {
    Context home = context;
    Outlet outlet = new Outlet(work -> home.runOnContext(none -> work.run()), this::reportFitness);
    return vertx
        .executeBlocking(() -> Opening.open(config, surroundings, meters, outlet))
        .map(this::serve)
        .onFailure(failure -> meters.close());
  }

  @Override
  public Future<?> stop() {
    Opening.Result closing = open;
    return closing == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              closing.storage().close();
              return closing;
            });
  }

  private Opening.Result serve(Opening.Result opened) {
    open = opened;
    Storage storage = opened.storage();
    bus.serve(Addresses.STORE, storage::store);
    bus.serve(Addresses.LOOK_UP, lookup -> storage.lookUp(lookup, fitness.knowsWhatItHolds()));
    bus.serve(Addresses.LIST, page -> storage.scan(new ListScan(page, opened.damaged())));
    bus.serve(Addresses.RANGE, range -> range(opened, range));
    new Comparisons(storage).serve(bus);
    bus.serve(Addresses.DAMAGED, ask -> Future.succeededFuture(damaged(opened, ask)));
    bus.serve(
        Addresses.HINTS, waiting -> storage.scan(new HintScan(waiting, opened.hints()::isExpired)));
    bus.serve(Addresses.RECALL, recall -> storage.scan(engine -> recalled(engine, recall)));
    bus.serve(Addresses.STORAGE_FIGURES, ask -> Future.succeededFuture(opened.figures().now()));
    vertx.setPeriodic(0, MEASURE_MILLIS, timer -> storage.scan(opened.figures()::measure));
    followView();
    if (opened.gate().state() != Gate.State.OPEN) {
      reportFitness();
    }
    return opened;
  }

  /** Whoever owns the view may start later than this verticle, and then says what it knows. */
  private void followView() {
    bus.subscribe(Addresses.TOPOLOGY_CHANGED, this::adopt);
    bus.subscribe(Addresses.FITNESS_CHANGED, this::adopt);
    bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, config.timeouts().storeMillis())
        .onSuccess(this::adopt);
    bus.ask(Addresses.FITNESS, ViewAsk.NOW, config.timeouts().storeMillis()).onSuccess(this::adopt);
  }

  private void adopt(Topology news) {
    if (topology == null || news.state().epoch() >= topology.state().epoch()) {
      topology = news;
    }
  }

  private void adopt(Fitness news) {
    fitness = news;
    if (open != null && !finding(open).equals(told(news))) {
      reportFitness();
    }
  }

  private void reportFitness() {
    if (open != null) {
      bus.publish(Addresses.FINDING, finding(open));
    }
  }

  private static Fitness.Finding.Storage finding(Opening.Result opened) {
    boolean full = opened.gate().health() == StorageFigures.Health.DISK_FULL;
    return new Fitness.Finding.Storage(!opened.gate().hasFailed(), full);
  }

  private static Fitness.Finding.Storage told(Fitness fitness) {
    return new Fitness.Finding.Storage(fitness.storageOpen(), fitness.diskFull());
  }

  private Future<Ranging.Ranged> range(Opening.Result opened, Ranging.Range range) {
    return topology == null
        ? Future.failedFuture(new StorageFault("the ring is not known yet"))
        : opened
            .storage()
            .scan(new RangeScan(Arcs.owned(topology, range.worker()), range, opened.damaged()));
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
