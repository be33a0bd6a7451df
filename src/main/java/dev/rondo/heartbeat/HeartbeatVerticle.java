package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Departure;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;
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
  private final View view;
  private Runnable unfollow = () -> {};

  public HeartbeatVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, Membership membership) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.membership = membership;
    this.view = new View(new Topology(config.ring().firstState()));
  }

  @Override
  public Future<?> start() {
    bus.subscribe(Addresses.FINDING, this::learn);
    return adoptWhatWasKept().compose(done -> askTheStorage()).compose(done -> open());
  }

  @Override
  public Future<?> stop() {
    unfollow.run();
    return Future.succeededFuture();
  }

  /** A kept state wins over the configuration, which is the first state of a new cluster only. */
  private Future<Void> adoptWhatWasKept() {
    return bus.ask(Addresses.RECALL, new Remembering.Recall(StateDocument.NAME), storeMillis())
        .compose(
            kept ->
                kept.value().length() == 0
                    ? keep(view.topology().state())
                    : adopt(StateDocument.decode(kept.value())));
  }

  private Future<Void> adopt(ClusterState kept) {
    ClusterState configured = view.topology().state();
    boolean adopted = view.adopt(new Topology(kept));
    if (adopted && !sameButEpoch(kept, configured)) {
      log.warn(
          "Keeping the cluster state of this worker's storage; ring and members of the"
              + " configuration differ and are ignored epoch={}",
          kept.epoch());
    }
    return adopted ? Future.succeededFuture() : keep(configured);
  }

  private Future<Void> keep(ClusterState state) {
    var note = new Storing.Entry.Note(StateDocument.NAME, StateDocument.encode(state));
    return bus.ask(Addresses.STORE, new Storing.Store(List.of(note)), storeMillis())
        .map(
            stored -> {
              if (stored.results().get(0) != Storing.Result.Done.DURABLE) {
                log.warn(
                    "Cluster state not kept epoch={} reason={}",
                    state.epoch(),
                    stored.results().get(0));
              }
              return null;
            });
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
    return Future.succeededFuture();
  }

  private void warnIfNoMember() {
    if (view.topology().member(config.id()).isEmpty()) {
      log.warn("Worker {} is no member of the ring, it only passes requests on", config.id());
    }
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

  private static boolean sameButEpoch(ClusterState one, ClusterState other) {
    return one.vnodes() == other.vnodes()
        && one.quorums().equals(other.quorums())
        && Objects.equals(one.former(), other.former())
        && one.members().equals(other.members());
  }
}
