package dev.rondo.router;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Holding;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.Locating;
import dev.rondo.bus.Reachability;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Scanning;
import dev.rondo.bus.Stamping;
import dev.rondo.bus.Writing;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.time.NodeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One real router on a real bus, in a cluster of stubs: four workers, three copies, two for a write
 * and two for a read.
 */
final class StubCluster implements AutoCloseable {

  /** Lives on workers 0, 1 and 2; worker 3 stands in. */
  static final Key ALPHA = Key.of("alpha");

  /** Nothing runs out of time and nothing is hedged unless the test asks for it. */
  static final Timeouts PATIENT = new Timeouts(20_000, 25_000, 30_000, 60_000, 10_000);

  /** Hedges at once, and gives up late. */
  static final Timeouts HASTY = new Timeouts(20_000, 25_000, 30_000, 60_000, 20);

  static final Fitness FIT = new Fitness(true, true, true, true, true, false, 0);

  /** What was acknowledged behind the answers of traced writes. */
  final List<LateAcknowledgement> late = new CopyOnWriteArrayList<>();

  SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final int self;
  private final Map<Integer, StubWorker> workers = new HashMap<>();
  private Timeouts timeouts = PATIENT;
  private Topology topology = topology(1, 4, new Quorums(3, 2, 2));
  private Fitness fitness = FIT;
  private Reachability reachability = new Reachability(Set.of());
  private NodeClock time = trusted(NodeClock.ofMachine());
  private String router = "";

  private StubCluster(int self) {
    this.self = self;
    for (int id = 0; id < 4; id++) {
      workers.put(id, new StubWorker());
    }
  }

  /** The cluster as worker {@code self} sees it. */
  static StubCluster seenBy(int self) {
    return new StubCluster(self);
  }

  static Topology topology(long epoch, int members, Quorums quorums) {
    List<Member> all =
        IntStream.range(0, members)
            .mapToObj(id -> new Member(id, "127.0.0.1", 5001 + id, 6001 + id))
            .toList();
    return new Topology(new ClusterState(epoch, 10, quorums, all));
  }

  StubCluster timeouts(Timeouts value) {
    timeouts = value;
    return this;
  }

  StubCluster topology(Topology value) {
    topology = value;
    return this;
  }

  StubCluster fitness(Fitness value) {
    fitness = value;
    return this;
  }

  /** They have no connection. */
  StubCluster suspects(Integer... value) {
    reachability = new Reachability(Set.of(value));
    return this;
  }

  /** They are connected, and quiet. */
  StubCluster hearsNothingOf(Integer... value) {
    reachability = new Reachability(Set.of(value), Set.of());
    return this;
  }

  /** They are in reach and say that they have not caught up. */
  StubCluster recovering(Integer... value) {
    reachability = new Reachability(Set.of(), Set.of(), Set.of(value));
    return this;
  }

  /** A clock that agrees with the peers'. */
  static NodeClock trusted(NodeClock clock) {
    clock.judged(new NodeClock.Trust(true, 0));
    return clock;
  }

  StubCluster time(NodeClock value) {
    time = value;
    return this;
  }

  /** Serves everything that the router asks, and starts it. */
  StubCluster start() {
    bus.serve(Addresses.TOPOLOGY, ask -> Future.succeededFuture(topology));
    bus.serve(Addresses.FITNESS, ask -> Future.succeededFuture(fitness));
    bus.serve(Addresses.REACHABILITY, ask -> Future.succeededFuture(reachability));
    bus.serve(Addresses.STORE, store -> worker(self).store(store.entries()));
    bus.serve(Addresses.RECALL, recall -> Future.succeededFuture(recalled(recall.name())));
    bus.serve(Addresses.LOOK_UP, this::lookUp);
    bus.serve(Addresses.SEND, send -> worker(send.peer()).store(send.entry()));
    bus.serve(Addresses.HINTED, asked -> worker(self).kept());
    bus.serve(Addresses.FETCH_HINT, asked -> worker(asked.peer()).kept());
    bus.serve(Addresses.FETCH, fetch -> worker(fetch.peer()).lookUp(fetch.key(), fetch.want()));
    bus.serve(
        Addresses.FORWARD_WRITE, forward -> worker(forward.peer()).coordinate(forward.write()));
    bus.serve(Addresses.FORWARD_READ, forward -> worker(forward.peer()).coordinate(forward.read()));
    bus.serve(Addresses.LIST, page -> Future.succeededFuture(worker(self).list(page)));
    bus.serve(
        Addresses.FETCH_PAGE,
        fetch -> Future.succeededFuture(worker(fetch.peer()).list(fetch.scan())));
    bus.serve(Addresses.FETCH_STAMP, ask -> worker(ask.peer()).stamp());
    bus.subscribe(Addresses.LATE, late::add);
    return startRouter();
  }

  private StubCluster startRouter() {
    NodeConfig config = Configs.worker(self, timeouts);
    router =
        now(
            vertx.deployVerticle(
                new FirstGeneration<>(new RouterVerticle(config, bus, meters, time))));
    return this;
  }

  /** Stops the router and starts a new one on the same storage. */
  void restartRouter() {
    now(vertx.undeploy(router));
    meters = new SimpleMeterRegistry();
    startRouter();
  }

  StubWorker worker(int id) {
    return workers.getOrDefault(id, new StubWorker());
  }

  // What a client can do.

  /** A write of a small value, waiting as long as it takes. */
  static Writing.Write put(Key key) {
    return write(key, 0, true, 30_000, Writing.Condition.Always.ALWAYS);
  }

  static Writing.Write write(
      Key key, int w, boolean sloppy, long timeoutMillis, Writing.Condition condition) {
    Writing.Content content = new Writing.Content("text/plain", Bytes.utf8("value"));
    return new Writing.Write(key, content, w, sloppy, timeoutMillis, condition);
  }

  /** One of a value that is large. */
  static Writing.Write putLarge(Key key) {
    Bytes value = Bytes.wrap(new byte[Patience.LARGE_BYTES]);
    return new Writing.Write(
        key,
        new Writing.Content("text/plain", value),
        0,
        true,
        30_000,
        Writing.Condition.Always.ALWAYS);
  }

  /** The same write by a client that follows it. */
  static Writing.Write traced(Writing.Write write) {
    return new Writing.Write(
        write.key(),
        write.content(),
        write.w(),
        write.sloppy(),
        write.timeoutMillis(),
        write.condition(),
        true);
  }

  Future<Writing.Outcome> write(Writing.Write write) {
    return bus.ask(Addresses.WRITE, write, 60_000);
  }

  Future<Writing.Outcome> coordinate(Writing.Write write, Version version) {
    return bus.ask(Addresses.COORDINATE_WRITE, new Writing.Forwarded(write, version), 60_000);
  }

  Future<Reading.Outcome> read(Key key, int r, long timeoutMillis) {
    return bus.ask(Addresses.READ, new Reading.Read(key, r, timeoutMillis), 60_000);
  }

  Future<Reading.Outcome> coordinateRead(Key key, int r) {
    return bus.ask(Addresses.COORDINATE_READ, new Reading.Read(key, r, 30_000), 60_000);
  }

  Future<Locating.Located> locate(Key key) {
    return bus.ask(Addresses.LOCATE, new Locating.Locate(key), 60_000);
  }

  Future<Scanning.Outcome> scan(Scanning.Scan scan) {
    return bus.ask(Addresses.SCAN, scan, 60_000);
  }

  Future<Version> stamp() {
    return bus.ask(Addresses.STAMP, Stamping.Ask.FRESH, 60_000);
  }

  // What others tell the router.

  void becomes(Fitness news) {
    fitness = news;
    bus.publish(Addresses.FITNESS_CHANGED, news);
  }

  void becomes(Topology news) {
    topology = news;
    bus.publish(Addresses.TOPOLOGY_CHANGED, news);
  }

  void suspectsNow(Integer... news) {
    reachability = new Reachability(Set.of(news));
    bus.publish(Addresses.REACHABILITY_CHANGED, reachability);
  }

  void observes(Version version) {
    bus.publish(Addresses.OBSERVED, version);
  }

  /** How many writes have a copy that is not settled. */
  double writesUnderway() {
    return meters.get("rondo.writes.underway").gauge().value();
  }

  /** The answer, once it is there. */
  static <T> T now(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("no answer", failure);
    }
  }

  static StoredRecord value(Key key, Version version, String text) {
    return StoredRecord.live(key, version, "text/plain", Bytes.utf8(text));
  }

  @Override
  public void close() {
    now(vertx.close());
  }

  private Remembering.Recalled recalled(String name) {
    return new Remembering.Recalled(worker(self).notes.getOrDefault(name, Bytes.EMPTY));
  }

  private Future<Holding.Held> lookUp(Holding.Lookup lookup) {
    List<Future<Holding.Answer>> answers = new ArrayList<>();
    for (Holding.Item item : lookup.items()) {
      answers.add(worker(self).lookUp(item.key(), item.want()));
    }
    return Future.all(answers).map(all -> new Holding.Held(all.list()));
  }
}
