package dev.rondo.heartbeat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Departure;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.Roster;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.ViewState;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.membership.Membership;
import dev.rondo.meters.Gauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns this node's view of the cluster and of itself: the topology in force, what this worker is
 * fit for, and who has left.
 *
 * <p>One generation at a time votes, adopts states and talks to the controller. What others find
 * out between two of them is not lost: the next one has listened from its start.
 */
public final class HeartbeatVerticle extends VerticleBase implements Replaceable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatVerticle.class);

  private static final long KEEP_MILLIS = 1_000;

  private final NodeConfig config;
  private final Bus bus;
  private final Membership membership;
  private final Roster.Running process;
  private final View view;
  private final StateKeeper keeper;
  private final Voter voter;
  private final Gauges gauges;
  private final Map<Class<?>, Fitness.Finding> heard = new LinkedHashMap<>();
  private Runnable unfollow = () -> {};
  private @Nullable Attending attending;
  private @Nullable ClusterState seen;
  private boolean acting;
  private long keeping;

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
    this.gauges = new Gauges(meters);
    this.membership = membership;
    this.process = process;
    this.view = new View(new Topology(config.ring().firstState()));
    Notes notes = new Notes(bus, config.timeouts().storeMillis());
    this.keeper = new StateKeeper(view, bus, notes);
    this.voter = new Voter(view, notes);
  }

  @Override
  public Future<?> start() {
    bus.subscribe(Addresses.FINDING, this::hear);
    bus.subscribe(Addresses.STATE_SEEN, this::see);
    bus.serve(Addresses.TOPOLOGY, ask -> Future.succeededFuture(view.topology()));
    bus.serve(Addresses.FITNESS, ask -> Future.succeededFuture(view.fitness()));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    if (state instanceof ViewState before) {
      view.resume(before.topology(), before.fitness());
      voter.resume(before.acceptor());
      keeper.resume();
      open(before.news());
      return Future.succeededFuture();
    }
    return keeper
        .load()
        .compose(done -> voter.load())
        .compose(done -> askTheStorage())
        .onSuccess(
            done -> {
              open(ViewState.News.NONE);
              introduce();
            });
  }

  @Override
  public Future<Handover> handOver() {
    acting = false;
    heard.clear();
    unfollow.run();
    vertx.cancelTimer(keeping);
    Future<?> answered = attending == null ? Future.succeededFuture() : attending.quit();
    return answered
        .transform(done -> keeper.settled())
        .transform(
            done ->
                Future.succeededFuture(
                    new ViewState(view.topology(), view.fitness(), voter.acceptor(), news())));
  }

  @Override
  public Future<Void> retire() {
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    unfollow.run();
    gauges.close();
    if (attending == null) {
      return Future.succeededFuture();
    }
    return acting ? attending.stop() : attending.hangUp();
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

  /** From here on this generation acts, beginning with what it has heard before. */
  private void open(ViewState.News before) {
    acting = true;
    heard.values().forEach(this::learn);
    heard.clear();
    if (seen != null) {
      keeper.adopt(seen);
    }
    keeping = vertx.setPeriodic(KEEP_MILLIS, timer -> keep());
    unfollow =
        membership.follow(
            left -> context.runOnContext(now -> departed(left)),
            joined -> context.runOnContext(now -> log.info("Worker {} joined", joined)));
    measure();
    attend(before);
  }

  private void keep() {
    keeper.catchUp();
    if (attending != null) {
      attending.vouch();
    }
  }

  /** To those who were there before this node knew anything. */
  private void introduce() {
    bus.publish(Addresses.TOPOLOGY_CHANGED, view.topology());
    bus.publish(Addresses.FITNESS_CHANGED, view.fitness());
    log.info(
        "Topology in force epoch={} members={} replicationFactor={}",
        view.topology().state().epoch(),
        view.topology().state().members().size(),
        view.topology().quorums().replicationFactor());
    complainIfNoMember();
  }

  /** Nobody talks to such a worker, so that it cannot even pass requests on. */
  private void complainIfNoMember() {
    Topology topology = view.topology();
    if (topology.member(config.id()).isEmpty()) {
      log.error(
          "This worker is no member: the members refuse its calls, and its clients get 503"
              + " quorum_unavailable; start it with the id of a member, they are those of the"
              + " cluster's first start id={} members={}",
          config.id(),
          topology.state().members().stream().map(Member::id).toList());
    }
  }

  private ViewState.News news() {
    return attending == null ? ViewState.News.NONE : attending.news();
  }

  private void attend(ViewState.News before) {
    if (attending != null) {
      attending.hangUp();
    }
    if (config.controller().grpcPort() > 0) {
      attending = new Attending(vertx, config, bus, view, keeper, voter, process, before);
      attending.start();
    }
  }

  private static Roster.Running thisProcess() {
    // Of the node: a heartbeat from another jar is no other process.
    String version = Roster.class.getPackage().getImplementationVersion();
    return new Roster.Running(
        version == null ? "(development)" : version,
        ProcessHandle.current().pid(),
        ManagementFactory.getRuntimeMXBean().getStartTime());
  }

  private void measure() {
    gauges.show(
        "rondo.topology.epoch",
        Tags.empty(),
        null,
        "Epoch of the cluster state in force",
        () -> view.topology().state().epoch());
    gauges.show(
        "rondo.coordinating",
        Tags.empty(),
        null,
        "Whether this worker may coordinate",
        () -> view.fitness().mayCoordinate() ? 1 : 0);
  }

  private void hear(Fitness.Finding finding) {
    if (acting) {
      learn(finding);
    } else {
      heard.remove(finding.getClass());
      heard.put(finding.getClass(), finding);
    }
  }

  private void see(ClusterState state) {
    if (acting) {
      keeper.adopt(state);
    } else if (seen == null || state.epoch() > seen.epoch()) {
      seen = state;
    }
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
