package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.CatchUp;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Exchanged;
import dev.rondo.bus.Filled;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Storing;
import dev.rondo.bus.WorkProgress;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.StorageConfig;
import dev.rondo.config.Timeouts;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import dev.rondo.http.InnerPort;
import dev.rondo.persistence.PersistenceVerticle;
import dev.rondo.time.NodeClock;
import dev.rondo.vault.Vault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker with its real storage and this verticle; only its view of the cluster is a stub. */
final class RealWorker implements AutoCloseable {

  static final Timeouts TIMEOUTS = new Timeouts(600, 800, 2_000, 5_000, 50);

  final int id;
  final List<Finding> findings = new CopyOnWriteArrayList<>();
  final List<WorkProgress> work = new CopyOnWriteArrayList<>();
  final List<Long> filled = new CopyOnWriteArrayList<>();
  final List<WorkProgress> exchanges = new CopyOnWriteArrayList<>();
  final List<Exchanged> exchanged = new CopyOnWriteArrayList<>();
  final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
  SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Path data;
  private volatile Topology topology;
  private Vertx vertx;
  private Bus bus;

  RealWorker(int id, Topology topology, Path data) {
    this.id = id;
    this.topology = topology;
    this.data = data;
  }

  RealWorker start() {
    findings.clear();
    work.clear();
    filled.clear();
    exchanges.clear();
    exchanged.clear();
    events.clear();
    meters = new SimpleMeterRegistry();
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    bus = Bus.of(vertx);
    Fitness fit = new Fitness(true, true, true, true, true, false, 0);
    bus.serve(Addresses.TOPOLOGY, now -> Future.succeededFuture(topology));
    bus.serve(Addresses.FITNESS, now -> Future.succeededFuture(fit));
    bus.subscribe(Addresses.FINDING, findings::add);
    bus.subscribe(Addresses.WORK, this::worked);
    bus.subscribe(Addresses.EXCHANGED, exchanged::add);
    bus.subscribe(Addresses.EVENT, events::add);
    bus.subscribe(Addresses.FILLED, (Filled news) -> filled.add(news.epoch()));
    NodeConfig config = config();
    Vault vault = new Vault();
    TestNode.await(vertx.deployVerticle(vault));
    NodeClock time = NodeClock.ofMachine();
    PersistenceVerticle storage = new PersistenceVerticle(config, bus, meters, vault, time);
    TestNode.await(vertx.deployVerticle(new FirstGeneration<>(storage)));
    InnerPort port = new InnerPort();
    TestNode.await(vertx.deployVerticle(port));
    ReplicationVerticle replication = new ReplicationVerticle(config, bus, meters, port, time);
    TestNode.await(vertx.deployVerticle(new FirstGeneration<>(replication)));
    return this;
  }

  /** Anti-entropy comes and goes; it is kept apart from what the tests wait for. */
  private void worked(WorkProgress news) {
    (news.kind() == WorkProgress.Kind.ANTI_ENTROPY ? exchanges : work).add(news);
  }

  private NodeConfig config() {
    int port = topology.member(id).orElseThrow().grpcPort();
    NodeConfig usual = Fixture.config(id, "test", port, 10_000, TIMEOUTS);
    return new NodeConfig(
        usual.role(),
        id,
        usual.cluster(),
        usual.host(),
        data,
        usual.http(),
        usual.grpc(),
        usual.controller(),
        usual.membership(),
        usual.ring(),
        new StorageConfig(StorageConfig.Durability.INTERVAL, 10, 0, 10_000, 10_000, 1, 1 << 20),
        usual.hints(),
        usual.clock(),
        usual.timeouts(),
        usual.supervisor());
  }

  boolean isCaughtUp() {
    return lastCaughtUp() && findings.contains(new Finding.Complete(true));
  }

  private boolean lastCaughtUp() {
    boolean last = false;
    for (Finding finding : findings) {
      last = finding instanceof Finding.CaughtUp found ? found.caughtUp() : last;
    }
    return last;
  }

  void change(Topology newer) {
    topology = newer;
    bus.publish(Addresses.TOPOLOGY_CHANGED, newer);
  }

  void catchUp() {
    findings.clear();
    bus.publish(Addresses.CATCH_UP, CatchUp.NOW);
  }

  void orderRepair(long number) {
    bus.publish(Addresses.REPAIR_ORDERED, new Repairing.Order(number));
  }

  /** The sum of all counters of a name. */
  double counted(String name, String... tags) {
    return meters.find(name).tags(tags).counters().stream().mapToDouble(Counter::count).sum();
  }

  void store(Storing.Entry... entries) {
    store(List.of(entries));
  }

  void store(List<? extends Storing.Entry> entries) {
    for (int from = 0; from < entries.size(); from += 5_000) {
      List<Storing.Entry> part =
          new ArrayList<>(entries.subList(from, Math.min(entries.size(), from + 5_000)));
      Storing.Stored stored =
          TestNode.await(bus.ask(Addresses.STORE, new Storing.Store(part), 20_000));
      if (stored.results().stream().anyMatch(Storing.Result.Refusal.class::isInstance)) {
        throw new AssertionError("the storage refuses");
      }
    }
  }

  Holding.Answer holds(String key) {
    Holding.Item item = new Holding.Item(Key.of(key), Holding.Want.RECORD);
    return TestNode.await(bus.ask(Addresses.LOOK_UP, new Holding.Lookup(List.of(item)), 20_000))
        .answers()
        .get(0);
  }

  /** Everything that is held, deletions included. */
  Map<String, Version> holdings() {
    Map<String, Version> holdings = new TreeMap<>();
    Bytes from = Bytes.EMPTY;
    while (from != null) {
      Listing.Listed page =
          TestNode.await(
              bus.ask(
                  Addresses.LIST,
                  new Listing.Page(Bytes.EMPTY, from, 1_000, Listing.Scope.ALL, false),
                  20_000));
      page.items().forEach(item -> holdings.put(item.key().toString(), item.head().version()));
      from = page.next();
    }
    return holdings;
  }

  static Storing.Entry.Put put(String key, long millis) {
    Key made = Key.of(key);
    return new Storing.Entry.Put(
        made, StoredRecord.live(made, Version.of(millis, 0, 9), "", Bytes.utf8(key + millis)));
  }

  static Storing.Entry.Put delete(String key, long millis) {
    Key made = Key.of(key);
    return new Storing.Entry.Put(made, StoredRecord.tombstone(made, Version.of(millis, 0, 9)));
  }

  /** Ends without a word to anybody. */
  @Override
  public void close() {
    if (vertx != null) {
      TestNode.await(vertx.close());
      vertx = null;
    }
  }
}
