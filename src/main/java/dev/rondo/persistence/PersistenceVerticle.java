package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Handover;
import dev.rondo.bus.RecordsLost;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.Ripening;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.ViewAsk;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.time.NodeClock;
import dev.rondo.vault.StoreState;
import dev.rondo.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The storage on the bus: the only owner of what is on this worker's disk.
 *
 * <p>It answers everything on its own context and does nothing there that could block; that is left
 * to the threads of {@link Storage}. The open database is the node's: one generation leaves it in
 * the {@link Vault}, synced, and the next one goes on with it.
 */
public final class PersistenceVerticle extends VerticleBase implements Replaceable {

  private static final int MEASURE_MILLIS = 1000;

  /** How long a generation that was given up may take to let go of the store. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final NodeConfig config;
  private final Bus bus;
  private final StorageMeters meters;
  private final Vault vault;
  private final Surroundings.Source surroundings;
  private Fitness fitness = Fitness.STARTING;
  private @Nullable Topology topology;
  private Opening.@Nullable Result open;
  private @Nullable TreeCare care;
  private @Nullable Purge purge;
  private long measuring;
  private boolean writes;
  private volatile boolean stopped;

  /** The storage of the node that {@code config} describes, with its database in the vault. */
  public PersistenceVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, Vault vault, NodeClock time) {
    this(config, bus, meters, vault, (Path folder) -> Surroundings.real(folder, time));
  }

  PersistenceVerticle(
      NodeConfig config,
      Bus bus,
      MeterRegistry meters,
      Vault vault,
      Surroundings.Source surroundings) {
    this.config = config;
    this.bus = bus;
    this.meters = new StorageMeters(meters);
    this.vault = vault;
    this.surroundings = surroundings;
  }

  @Override
  public Future<?> start() {
    new Serving(this::open, () -> fitness.knowsWhatItHolds(), () -> topology).serve(bus);
    return followView();
  }

  /** Whoever owns the view may start later than this verticle, and then says what it knows. */
  private Future<?> followView() {
    bus.subscribe(Addresses.TOPOLOGY_CHANGED, this::adopt);
    bus.subscribe(Addresses.FITNESS_CHANGED, this::adopt);
    bus.subscribe(Addresses.RIPENED, this::adopt);
    long patience = config.timeouts().storeMillis();
    Future<Topology> ring = bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, patience);
    Future<Fitness> fit = bus.ask(Addresses.FITNESS, ViewAsk.NOW, patience);
    return Future.join(ring.onSuccess(this::adopt), fit.onSuccess(this::adopt)).otherwiseEmpty();
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    Context home = context;
    Outlet outlet =
        new Outlet(
            work -> home.runOnContext(none -> work.run()),
            this::reportFitness,
            () -> bus.publish(Addresses.RECORDS_LOST, RecordsLost.UNKNOWN),
            work -> bus.publish(Addresses.WORK, work));
    return vertx
        .executeBlocking(() -> acquire(state, outlet), false)
        .compose(this::begin)
        .onFailure(failure -> vault.release(this, true));
  }

  private Opening.Result acquire(Handover state, Outlet outlet) throws Exception {
    Folders.create(config.folder());
    vault.take(this, config.folder(), PATIENCE_MILLIS);
    return state instanceof StoreState left
        ? Opening.resume(config, surroundings, meters, outlet, vault, left)
        : Opening.open(config, surroundings, meters, outlet, vault);
  }

  private Future<Void> begin(Opening.Result taken) {
    if (stopped) {
      return end(taken)
          .compose(left -> Future.failedFuture("this generation is not wanted any more"));
    }
    Opening.Result before = open;
    open = taken;
    writes = true;
    taken.storage().start(taken.figures());
    if (purge != null) {
      purge.stop();
    }
    purge = new Purge(vertx, taken.storage(), taken.tombstones(), meters.purged());
    care = new TreeCare(vertx, taken, meters, config.repair());
    measuring = vertx.setPeriodic(0, MEASURE_MILLIS, timer -> look(taken));
    followRing();
    if (taken.gate().state() != Gate.State.OPEN || !finding(taken).equals(told(fitness))) {
      reportFitness();
    }
    if (before != null) {
      end(before);
    }
    return Future.succeededFuture();
  }

  /** A disk that does not keep up is left to this generation, which has lost nothing by it. */
  @Override
  public Future<Handover> handOver() {
    Opening.Result giving = open();
    if (giving.gate().hasFailed()) {
      return Future.failedFuture(
          new StorageFault("the storage has failed, only a restart of the worker helps"));
    }
    return giving
        .storage()
        .settle()
        .timeout(config.timeouts().storeMillis(), TimeUnit.MILLISECONDS)
        .compose(settled -> vertx.executeBlocking(() -> give(giving), false))
        .onSuccess(given -> rest());
  }

  private Handover give(Opening.Result giving) throws InterruptedException {
    giving.storage().endWriting();
    vault.release(this, giving.gate().takesAny());
    return giving.state();
  }

  private void look(Opening.Result taken) {
    taken.storage().scan(taken.figures()::measure);
    if (care != null) {
      care.look();
    }
  }

  private void rest() {
    writes = false;
    if (purge != null) {
      purge.stop();
    }
    vertx.cancelTimer(measuring);
    if (care != null) {
      care.stop();
    }
  }

  /** Whoever still waits for something is known to the bus; {@link #stop} comes after them. */
  @Override
  public Future<Void> retire() {
    return Future.succeededFuture();
  }

  @Override
  public int inFlight() {
    return open == null ? 0 : open.storage().waiting();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    if (care != null) {
      care.stop();
    }
    Opening.Result last = open;
    if (last == null) {
      return Future.succeededFuture();
    }
    Future<?> given =
        writes ? vertx.executeBlocking(() -> give(last), false) : Future.succeededFuture();
    return given.compose(released -> end(last));
  }

  private Future<?> end(Opening.Result last) {
    return vertx.executeBlocking(
        () -> {
          last.storage().endReading();
          return last;
        },
        false);
  }

  private Opening.Result open() {
    Opening.Result opened = open;
    if (opened == null) {
      throw new IllegalStateException("the storage is not open");
    }
    return opened;
  }

  /** What is ripe by another state than the one in force is not. */
  private void adopt(Ripening news) {
    if (purge != null && topology != null && topology.state().epoch() == news.epoch()) {
      purge.ripened(news.parts());
    }
  }

  private void adopt(Topology news) {
    if (topology == null || news.state().epoch() >= topology.state().epoch()) {
      topology = news;
      followRing();
      adopt(new Ripening(news.state().epoch(), List.of()));
    }
  }

  private void followRing() {
    if (care != null && topology != null) {
      care.follow(topology);
    }
  }

  private void adopt(Fitness news) {
    if (open != null && news.complete() && !fitness.complete()) {
      open.damaged().allFound();
    }
    fitness = news;
    if (open != null && !finding(open).equals(told(news))) {
      reportFitness();
    }
  }

  /** What a generation knows that has handed the store over is out of date. */
  private void reportFitness() {
    if (open != null && writes) {
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
}
