package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Notes;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.ViewAsk;
import dev.rondo.config.NodeConfig;
import dev.rondo.core.member.Topology;
import dev.rondo.http.InnerPort;
import dev.rondo.time.NodeClock;
import dev.rondo.wire.PeerState;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.grpc.client.GrpcClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The traffic between this worker and its peers. Puts the parts together; each of them does one
 * thing, and all run on the context of this verticle.
 *
 * <p>A next generation calls the peers before it takes over, so that it can ask them from its first
 * moment; their own calls are handed to it as they are. Only the generation in force concludes,
 * repairs, delivers hints, and tells the node what it has found out.
 */
public final class ReplicationVerticle extends VerticleBase implements Replaceable {

  private static final long HOUSEKEEPING_MILLIS = 1_000;

  private final NodeSetup setup;
  private final InnerPort port;
  private final ClockWatch clock;
  private final LastSeen lastSeen;
  private final KnownStores stores;
  private final Notes notes;
  private final Admission admission;
  private final HintDelivery hints;
  private final Epochs epochs;
  private @Nullable Topology topology;
  private @Nullable Parts parts;
  private long housekeeping;
  private boolean acting;

  /** What can be made only when there is a context. */
  private record Parts(
      GrpcClient exchanges,
      BulkClient bulk,
      Peers peers,
      Identity identity,
      Etiquette etiquette,
      Rebuild rebuild,
      Repair repair,
      PeerServer server) {}

  /**
   * The replication of the node that {@code config} describes, which peers call at {@code port}.
   */
  public ReplicationVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, InnerPort port, NodeClock time) {
    this.setup = new NodeSetup(config, bus, meters, time);
    this.port = port;
    this.clock = new ClockWatch(setup);
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
    made.repair().listen();
    setup.bus().subscribe(Addresses.VOUCHED, clock::vouched);
    setup.bus().subscribe(Addresses.RECORDS_LOST, lost -> made.identity().relapse());
    return made.identity()
        .load()
        .compose(loaded -> followTopology())
        .compose(followed -> followFitness(made))
        .onSuccess(followed -> serve(made))
        .compose(served -> port.isTaken() ? made.peers().met() : Future.succeededFuture());
  }

  private Parts make() {
    GrpcClient exchanges = Transport.client(vertx);
    BulkClient bulk = new BulkClient(vertx);
    Rebuild rebuild = new Rebuild(setup, vertx, bulk, clock, notes, () -> topology, this::rebuilt);
    Identity identity = new Identity(setup, vertx, notes, epochs::isBehind, rebuild);
    Etiquette etiquette =
        new Etiquette(
            setup,
            clock,
            lastSeen,
            stores,
            admission,
            epochs,
            identity,
            hints,
            caller -> parts().peers().called(caller));
    Peers peers = new Peers(setup, context, exchanges, clock, etiquette);
    Attendant attendant =
        new Attendant(
            setup,
            clock,
            lastSeen,
            stores,
            identity::isComplete,
            epochs,
            epoch -> parts().repair().clearance(epoch));
    PullService pullService = new PullService(setup, admission, epochs::own, identity::isComplete);
    CompareGate gate = new CompareGate(setup, admission, identity::isComplete);
    Transfer transfer = new Transfer(setup, peers, clock, lastSeen);
    RepairTools tools = RepairTools.of(setup, vertx, peers, bulk, transfer);
    Repair repair = new Repair(tools, gate, identity::isComplete);
    PeerServer server =
        new PeerServer(
            setup,
            context,
            etiquette,
            attendant,
            pullService,
            new CompareService(setup, gate),
            new TreeService(setup, gate));
    return new Parts(exchanges, bulk, peers, identity, etiquette, rebuild, repair, server);
  }

  private Future<?> followTopology() {
    setup.bus().subscribe(Addresses.TOPOLOGY_CHANGED, this::follow);
    return setup
        .bus()
        .ask(Addresses.TOPOLOGY, ViewAsk.NOW, setup.config().timeouts().storeMillis())
        .onSuccess(this::follow);
  }

  private Future<?> followFitness(Parts made) {
    setup.bus().subscribe(Addresses.FITNESS_CHANGED, made.etiquette()::follow);
    return setup
        .bus()
        .ask(Addresses.FITNESS, ViewAsk.NOW, setup.config().timeouts().storeMillis())
        .onSuccess(made.etiquette()::follow);
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
        .serve(Addresses.PURGE_OBSTACLES, now -> Future.succeededFuture(made.repair().obstacles()));
    setup
        .bus()
        .subscribe(Addresses.DEPARTED, departure -> made.peers().departed(departure.worker()));
    made.peers().start();
  }

  @Override
  public Future<Void> takeOver(Handover state) {
    Parts made = parts();
    acting = true;
    if (state instanceof PeerState before) {
      clock.resume(before.clock());
      lastSeen.resume(before.lastSeen());
      made.identity().resume(before.identity());
      made.server().resume(before.socket(), before.callers());
      made.repair().resume(before.repairs(), before.clock().told());
      begin(made);
      return Future.succeededFuture();
    }
    made.repair().start();
    begin(made);
    return made.server().open(port);
  }

  private void begin(Parts made) {
    clock.speak();
    made.peers().speak(true);
    hints.resume();
    made.identity().begin();
    housekeeping = vertx.setPeriodic(HOUSEKEEPING_MILLIS, tick -> keepHouse());
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

  @Override
  public Future<Handover> handOver() {
    Parts made = parts();
    if (made.identity().isDeciding()) {
      return Future.failedFuture("whose the storage is, is being decided; try again behind it");
    }
    acting = false;
    vertx.cancelTimer(housekeeping);
    PeerState.Repairs repairs = made.repair().giveUp();
    made.rebuild().stop();
    hints.stop();
    made.peers().speak(false);
    return Future.succeededFuture(
        new PeerState(
            made.server().socket(),
            made.server().giveUp(),
            made.identity().giveUp(),
            clock.giveUp(),
            lastSeen.latest(),
            repairs));
  }

  @Override
  public Future<Void> retire() {
    return Steps.until(vertx, () -> inFlight() == 0);
  }

  @Override
  public int inFlight() {
    Parts made = parts;
    return made == null ? 0 : made.server().open() + made.peers().waiting() + hints.running();
  }

  private Parts parts() {
    return Objects.requireNonNull(parts, "replication is not started");
  }

  @Override
  public Future<?> stop() {
    clock.close();
    Parts made = parts;
    if (made == null) {
      return Future.succeededFuture();
    }
    made.rebuild().stop();
    made.repair().stop();
    Future<Void> ended = acting ? made.server().stop() : Future.succeededFuture();
    return ended
        .onComplete(stopped -> made.peers().stop())
        .eventually(() -> made.exchanges().close())
        .eventually(() -> made.bulk().close());
  }
}
