package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Departure;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Roster;
import dev.rondo.bus.StorageFigures;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.membership.Membership;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns this node's view of the cluster and of itself: the topology in force, what this worker is
 * fit for, and who has left.
 */
public final class HeartbeatVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatVerticle.class);

  private final NodeConfig config;
  private final Bus bus;
  private final MeterRegistry meters;
  private final Membership membership;
  private final Roster.Running process;
  private final View view;
  private final StateKeeper keeper;
  private final Voter voter;
  private Runnable unfollow = () -> {};
  private @Nullable Attending attending;

  public HeartbeatVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, Membership membership) {
    this(config, bus, meters, membership, thisProcess());
  }

  HeartbeatVerticle(
      NodeConfig config,
      Bus bus,
      MeterRegistry meters,
      Membership membership,
      Roster.Running process) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.membership = membership;
    this.process = process;
    this.view = new View(new Topology(config.ring().firstState()));
    Notes notes = new Notes(bus, config.timeouts().storeMillis());
    this.keeper = new StateKeeper(view, bus, notes);
    this.voter = new Voter(view, notes);
  }

  @Override
  public Future<?> start() {
    bus.subscribe(Addresses.FINDING, this::learn);
    return keeper
        .load()
        .compose(done -> voter.load())
        .compose(done -> askTheStorage())
        .compose(done -> open());
  }

  @Override
  public Future<?> stop() {
    unfollow.run();
    return attending == null ? Future.succeededFuture() : attending.stop();
  }

  /** The storage may have told its finding before anybody listened. */
  private Future<Void> askTheStorage() {
    return bus.ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW, storeMillis())
        .map(
            figures -> {
              boolean open = figures.health() != StorageFigures.Health.FAILED;
              boolean full = figures.health() == StorageFigures.Health.DISK_FULL;
              view.learn(new Fitness.Finding.Storage(open, full));
              return null;
            });
  }

  private Future<Void> open() {
    bus.serve(Addresses.TOPOLOGY, ask -> Future.succeededFuture(view.topology()));
    bus.serve(Addresses.FITNESS, ask -> Future.succeededFuture(view.fitness()));
    bus.subscribe(Addresses.STATE_SEEN, keeper::adopt);
    bus.publish(Addresses.TOPOLOGY_CHANGED, view.topology());
    bus.publish(Addresses.FITNESS_CHANGED, view.fitness());
    unfollow =
        membership.follow(
            left -> context.runOnContext(now -> departed(left)),
            joined -> context.runOnContext(now -> log.info("Worker {} joined", joined)));
    measure();
    log.info(
        "Topology in force epoch={} members={} replicationFactor={}",
        view.topology().state().epoch(),
        view.topology().state().members().size(),
        view.topology().quorums().replicationFactor());
    warnIfNoMember();
    attend();
    return Future.succeededFuture();
  }

  private void warnIfNoMember() {
    if (view.topology().member(config.id()).isEmpty()) {
      log.warn("Worker {} is no member of the ring, it only passes requests on", config.id());
    }
  }

  private void attend() {
    if (config.controller().grpcPort() > 0) {
      attending = new Attending(vertx, config, bus, view, keeper, voter, process);
      attending.start();
    }
  }

  private static Roster.Running thisProcess() {
    String version = HeartbeatVerticle.class.getPackage().getImplementationVersion();
    return new Roster.Running(
        version == null ? "(development)" : version,
        ProcessHandle.current().pid(),
        ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private void measure() {
    Gauge.builder("rondo.topology.epoch", view, now -> now.topology().state().epoch())
        .description("Epoch of the cluster state in force")
        .register(meters);
    Gauge.builder("rondo.coordinating", view, now -> now.fitness().mayCoordinate() ? 1 : 0)
        .description("Whether this worker may coordinate")
        .register(meters);
  }

  private void learn(Fitness.Finding finding) {
    boolean could = view.fitness().mayCoordinate();
    if (!view.learn(finding)) {
      return;
    }
    Fitness fitness = view.fitness();
    bus.publish(Addresses.FITNESS_CHANGED, fitness);
    if (could && !fitness.mayCoordinate()) {
      log.warn("Coordinating no more fitness={}", fitness);
    } else if (!could && fitness.mayCoordinate()) {
      log.info("Coordinating clockOffsetMillis={}", fitness.clockOffsetMillis());
    }
  }

  private void departed(int worker) {
    log.warn("Worker {} left noticedBy=membership", worker);
    bus.publish(Addresses.DEPARTED, new Departure(worker));
  }

  private long storeMillis() {
    return config.timeouts().storeMillis();
  }
}
