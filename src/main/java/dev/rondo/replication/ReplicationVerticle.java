package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Notes;
import dev.rondo.bus.ViewAsk;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Topology;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answers;
import dev.rondo.proto.Hello;
import dev.rondo.proto.HelloAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.grpc.client.GrpcClient;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The traffic between this worker and its peers. Puts the parts together; each of them does one
 * thing, and all run on the context of this verticle.
 */
public final class ReplicationVerticle extends VerticleBase
    implements Peers.Audience, Inbound.Reception {

  private static final long HOUSEKEEPING_MILLIS = 1_000;

  private final NodeSetup setup;
  private final ClockWatch clock;
  private final LastSeen lastSeen;
  private final KnownStores stores;
  private final Notes notes;
  private final Admission admission;
  private final HintDelivery hints;
  private final Epochs epochs;
  private @Nullable Topology topology;
  private @Nullable Parts parts;
  private boolean recovering;

  /** What can be made only when there is a context. */
  private record Parts(
      GrpcClient exchanges,
      GrpcClient pulls,
      Peers peers,
      Identity identity,
      Rebuild rebuild,
      Repair repair,
      PeerServer server) {}

  /** The replication of the node that {@code config} describes. */
  public ReplicationVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this(config, bus, meters, System::currentTimeMillis);
  }

  ReplicationVerticle(NodeConfig config, Bus bus, MeterRegistry meters, LongSupplier wall) {
    this.setup = new NodeSetup(config, bus, meters);
    this.clock = new ClockWatch(config.clock().maxDriftMillis(), bus, wall);
    this.lastSeen = new LastSeen(bus);
    this.notes = new Notes(bus, config.timeouts().storeMillis());
    this.stores = new KnownStores(notes);
    this.admission = new Admission(config);
    this.hints = new HintDelivery(setup);
    this.epochs = new Epochs(setup, peer -> parts().peers().link(peer));
  }

  @Override
  public Future<?> start() {
    Parts made = make();
    parts = made;
    made.repair().start();
    setup.bus().subscribe(Addresses.RECORDS_LOST, lost -> made.identity().relapse());
    return made.identity()
        .load()
        .onSuccess(loaded -> made.identity().start())
        .compose(loaded -> followTopology())
        .compose(followed -> followFitness())
        .compose(followed -> made.server().start())
        .onSuccess(listening -> serve(made));
  }

  private Parts make() {
    GrpcClient exchanges = Transport.client(vertx);
    // A connection of their own, so that bulk data is not in the way of requests.
    GrpcClient pulls = Transport.client(vertx);
    Peers peers = new Peers(setup, context, exchanges, clock, this);
    Rebuild rebuild = new Rebuild(setup, vertx, pulls, notes, () -> topology, this::rebuilt);
    Identity identity = new Identity(setup, vertx, notes, epochs::isBehind, rebuild::start);
    Attendant attendant =
        new Attendant(setup, clock, lastSeen, stores, identity::isComplete, epochs);
    PullService pullService = new PullService(setup, admission, identity::isComplete);
    CompareGate gate = new CompareGate(setup, admission, identity::isComplete);
    Transfer transfer = new Transfer(setup, peers, clock, lastSeen);
    RepairTools tools = RepairTools.of(setup, vertx, peers, pulls, transfer);
    Repair repair = new Repair(tools, gate, identity::isComplete);
    PeerServer server =
        new PeerServer(
            setup,
            context,
            this,
            attendant,
            pullService,
            new CompareService(setup, gate),
            new TreeService(setup, gate));
    return new Parts(exchanges, pulls, peers, identity, rebuild, repair, server);
  }

  private Future<Void> followTopology() {
    setup.bus().subscribe(Addresses.TOPOLOGY_CHANGED, this::follow);
    long timeout = setup.config().timeouts().storeMillis();
    return setup
        .bus()
        .ask(Addresses.TOPOLOGY, ViewAsk.NOW, timeout)
        .onSuccess(this::follow)
        .mapEmpty();
  }

  private Future<Void> followFitness() {
    setup.bus().subscribe(Addresses.FITNESS_CHANGED, this::follow);
    long timeout = setup.config().timeouts().storeMillis();
    return setup
        .bus()
        .ask(Addresses.FITNESS, ViewAsk.NOW, timeout)
        .onSuccess(this::follow)
        .mapEmpty();
  }

  private void follow(Fitness fitness) {
    recovering = !fitness.caughtUp() || !fitness.complete();
  }

  private void follow(Topology newer) {
    Topology known = topology;
    if (known == null || newer.state().epoch() > known.state().epoch()) {
      topology = newer;
      epochs.follow(newer);
      admission.follow(newer);
      clock.follow(newer.state().members().size());
      parts().peers().follow(newer);
      parts().identity().follow(newer);
      parts().repair().follow(newer);
    }
  }

  private void serve(Parts made) {
    new PeerServices(setup, made.peers(), lastSeen).serve(setup.bus());
    setup
        .bus()
        .subscribe(Addresses.DEPARTED, departure -> made.peers().departed(departure.worker()));
    made.peers().start();
    vertx.setPeriodic(HOUSEKEEPING_MILLIS, tick -> keepHouse());
  }

  private void keepHouse() {
    lastSeen.repeat();
    clock.review();
    hints.look(parts().peers());
    parts().repair().look();
  }

  private void rebuilt() {
    parts().identity().rebuilt(parts().peers().links());
  }

  /** Where peers call this worker. */
  int port() {
    return parts().server().port();
  }

  private Parts parts() {
    Parts made = parts;
    if (made == null) {
      throw new IllegalStateException("replication is not started");
    }
    return made;
  }

  @Override
  public Hello hello(Member peer) {
    return Hello.newBuilder()
        .setCluster(setup.config().cluster())
        .setProtocol(Transport.PROTOCOL)
        .setWorker(setup.id())
        .setStoreId(Wire.bytes(parts().identity().storeId()))
        .setWallMillis(clock.wallMillis())
        .setCallee(peer.id())
        .setEpoch(epochs.own())
        .build();
  }

  @Override
  public void met(PeerLink link, HelloAnswer answer) {
    Version seen = new Version(answer.getLastSeen(), link.peer().id());
    if (seen.exists() && !clock.isTooFarAhead(seen)) {
      lastSeen.saw(seen);
    }
    epochs.told(link.peer().id(), answer.getState());
    parts().identity().met(link, answer);
  }

  @Override
  public long epoch() {
    return epochs.own();
  }

  @Override
  public void heard(int peer, long epoch) {
    epochs.heard(peer, epoch);
  }

  @Override
  public void sign(Answers.Builder message) {
    message.setEpoch(epochs.own()).setRecovering(recovering);
  }

  @Override
  public void reachable(PeerLink link) {
    hints.reachable(link);
  }

  @Override
  public Optional<HelloAnswer> refusal(Hello hello) {
    return admission.refusal(hello);
  }

  @Override
  public Future<HelloAnswer> welcome(Hello hello) {
    return stores
        .meet(hello.getWorker(), Wire.bytes(hello.getStoreId()))
        .map(known -> Admission.welcome(known, clock.wallMillis(), lastSeen.latest()))
        .map(
            welcome ->
                epochs
                    .newerThan(hello.getEpoch())
                    .map(state -> welcome.toBuilder().setState(state).build())
                    .orElse(welcome));
  }

  @Override
  public void entered(int caller) {
    parts().peers().called(caller);
  }

  @Override
  public Future<?> stop() {
    Parts made = parts;
    if (made == null) {
      return Future.succeededFuture();
    }
    made.rebuild().stop();
    made.repair().stop();
    return made.server()
        .stop()
        .onComplete(stopped -> made.peers().stop())
        .eventually(() -> made.exchanges().close())
        .eventually(() -> made.pulls().close());
  }
}
