package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Peering;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.bus.Writing;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import dev.rondo.core.version.Version;
import dev.rondo.http.InnerPort;
import dev.rondo.time.NodeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A node with this verticle alone; everything around it is a stub. One event loop for all. */
final class TestNode implements AutoCloseable {

  final int id;
  final StubStorage storage;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<Finding> findings = new CopyOnWriteArrayList<>();
  final List<Finding.CaughtUp> caughtUps = new CopyOnWriteArrayList<>();
  final List<WorkProgress> work = new CopyOnWriteArrayList<>();
  final List<Version> observed = new CopyOnWriteArrayList<>();
  final List<Reachability> reachabilities = new CopyOnWriteArrayList<>();
  final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
  final List<ClusterState> statesSeen = new CopyOnWriteArrayList<>();
  String cluster = "test";
  int queueMax = 10_000;
  Timeouts timeouts = Fixture.TIMEOUTS;
  volatile long wallAheadMillis;
  private final NodeClock clock =
      new NodeClock(() -> System.currentTimeMillis() + wallAheadMillis, Transport::millis);
  volatile Function<Writing.Forwarded, Future<Writing.Outcome>> writes =
      write -> Future.succeededFuture(Writing.Outcome.Refused.OVERLOADED);
  volatile Function<Reading.Read, Future<Reading.Outcome>> reads =
      read -> Future.succeededFuture(Reading.Outcome.Refused.OVERLOADED);

  private volatile Topology topology;
  private volatile Fitness fitness = new Fitness(true, true, true, true, true, false, 0);
  private Vertx vertx;
  private Bus bus;
  private NodeConfig config;
  private InnerPort peerPort;
  private ReplicationVerticle replication;
  private String deployment;
  private String port;

  TestNode(int id, Topology topology) {
    this(id, topology, new StubStorage());
  }

  TestNode(int id, Topology topology, StubStorage storage) {
    this.id = id;
    this.topology = topology;
    this.storage = storage;
  }

  TestNode start() {
    return start(topology.member(id).orElseThrow().grpcPort());
  }

  TestNode start(int at) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    bus = Bus.of(vertx);
    storage.serve(bus);
    bus.serve(Addresses.TOPOLOGY, now -> Future.succeededFuture(topology));
    bus.serve(Addresses.FITNESS, now -> Future.succeededFuture(fitness));
    bus.subscribe(Addresses.STATE_SEEN, statesSeen::add);
    bus.serve(Addresses.COORDINATE_WRITE, write -> writes.apply(write));
    bus.serve(Addresses.COORDINATE_READ, read -> reads.apply(read));
    bus.serve(Addresses.STAMP, ask -> Future.succeededFuture(Version.of(77, 7, id)));
    bus.subscribe(Addresses.FINDING, this::found);
    bus.subscribe(Addresses.WORK, work::add);
    bus.subscribe(Addresses.EVENT, events::add);
    bus.subscribe(Addresses.OBSERVED, observed::add);
    bus.subscribe(Addresses.REACHABILITY_CHANGED, reachabilities::add);
    config = Fixture.config(id, cluster, at, queueMax, timeouts);
    peerPort = new InnerPort();
    port = await(vertx.deployVerticle(peerPort));
    replication = generation();
    deployment = await(vertx.deployVerticle(new FirstGeneration<>(replication)));
    return this;
  }

  /** One more generation of the verticle. */
  ReplicationVerticle generation() {
    return new ReplicationVerticle(config, bus, meters, peerPort, clock);
  }

  /** The generation that was deployed. */
  ReplicationVerticle replication() {
    return replication;
  }

  /** Does something on the event loop of the node. */
  <T> T onLoop(Supplier<Future<T>> action) {
    Promise<T> done = Promise.promise();
    vertx.runOnContext(now -> action.get().onComplete(done));
    return await(done.future());
  }

  private void found(Finding finding) {
    if (finding instanceof Finding.CaughtUp caughtUp) {
      caughtUps.add(caughtUp);
    } else {
      findings.add(finding);
    }
  }

  void change(Topology newer) {
    topology = newer;
    if (bus != null) {
      bus.publish(Addresses.TOPOLOGY_CHANGED, newer);
    }
  }

  void change(Fitness other) {
    fitness = other;
    if (bus != null) {
      bus.publish(Addresses.FITNESS_CHANGED, other);
    }
  }

  <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question) {
    return bus.ask(endpoint, question, 20_000);
  }

  Future<Storing.Result> send(int peer, Storing.Entry entry) {
    return ask(Addresses.SEND, new Peering.Send(peer, entry));
  }

  boolean reaches(int peer) {
    return await(ask(Addresses.REACHABILITY, Reachability.Ask.NOW)).isReachable(peer);
  }

  NodeClock time() {
    return clock;
  }

  Bus bus() {
    return bus;
  }

  Vertx vertx() {
    return vertx;
  }

  /** Stops the verticle as the node does. */
  void undeploy() {
    await(vertx.undeploy(deployment));
    await(vertx.undeploy(port));
  }

  /** Ends without a word to anybody. */
  @Override
  public void close() {
    if (vertx != null) {
      await(vertx.close());
      vertx = null;
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** The failure of a future that must fail. */
  static Throwable failure(Future<?> future) {
    return await(
        future.transform(
            done ->
                done.failed()
                    ? Future.succeededFuture(done.cause())
                    : Future.failedFuture("it succeeded with " + done.result())));
  }
}
