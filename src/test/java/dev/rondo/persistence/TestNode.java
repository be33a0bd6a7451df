package dev.rondo.persistence;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Ranging;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Tenure;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import dev.rondo.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A bus with nothing on it but the persistence verticle, and knobs for the world around it. */
final class TestNode implements AutoCloseable {

  static final long PLENTY = 1L << 40;

  final TestConfig config;
  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  final Bus bus = Bus.of(vertx);
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Queue<Fitness.Finding> findings = new ConcurrentLinkedQueue<>();
  final AtomicLong freeBytes = new AtomicLong(PLENTY);
  final AtomicLong clockMillis = new AtomicLong(1_700_000_000_000L);
  volatile FreeSpace space = freeBytes::get;
  volatile Surroundings.Writing writing = Engine::write;
  private final List<String> deployments = new ArrayList<>();
  private Vault vault;
  private PersistenceVerticle verticle;
  private int generation;

  TestNode(TestConfig config) {
    this.config = config;
    bus.subscribe(Addresses.FINDING, findings::add);
  }

  static TestNode in(Path data) {
    return new TestNode(TestConfig.in(data)).start();
  }

  TestNode start() {
    vault = new Vault();
    deployments.add(await(vertx.deployVerticle(vault)));
    Tenure tenure = tenure();
    verticle = verticle(tenure);
    Future<String> starting = vertx.deployVerticle(new FirstGeneration<>(verticle));
    deployments.add(await(starting.onFailure(failure -> undeploy())));
    tenure.begin();
    return this;
  }

  /** The next generation takes over; the one before drains until this node is stopped. */
  TestNode redeploy() {
    await(redeploying());
    return this;
  }

  /** The same, begun but not waited for. */
  Future<Void> redeploying() {
    Tenure tenure = tenure();
    PersistenceVerticle former = verticle;
    PersistenceVerticle next = verticle(tenure);
    deployments.add(await(vertx.deployVerticle(next)));
    verticle = next;
    return onLoop(() -> former.handOver().compose(next::takeOver))
        .onSuccess(taken -> tenure.begin());
  }

  private Tenure tenure() {
    return bus.tenure("storage-" + generation++);
  }

  private PersistenceVerticle verticle(Tenure tenure) {
    return new PersistenceVerticle(config.node(), tenure.bus(), meters, vault, this::surroundings);
  }

  private <A> Future<A> onLoop(Supplier<Future<A>> work) {
    Promise<A> promise = Promise.promise();
    vertx.runOnContext(loop -> work.get().onComplete(promise));
    return promise.future();
  }

  private Surroundings surroundings(Path folder) throws IOException {
    return new Surroundings(
        () -> space.usableBytes(),
        clockMillis::get,
        (engine, batch, sync) -> writing.write(engine, batch, sync),
        10);
  }

  TestNode restart() {
    stop();
    return start();
  }

  void stop() {
    await(undeploy());
  }

  Future<Void> undeploy() {
    Future<Void> undeploying = Future.succeededFuture();
    for (int i = deployments.size() - 1; i >= 0; i--) {
      String last = deployments.get(i);
      undeploying = undeploying.compose(done -> vertx.undeploy(last));
    }
    deployments.clear();
    return undeploying;
  }

  /** Every batch from now on fails like this. */
  void failWrites(Status failure) {
    writing =
        (engine, batch, sync) -> {
          throw new RocksDBException(failure);
        };
  }

  <Q, A> Future<A> ask(Endpoint<Q, A> endpoint, Q question) {
    return bus.ask(endpoint, question, 20_000);
  }

  List<Storing.Result> store(Storing.Entry... entries) {
    return await(ask(Addresses.STORE, new Storing.Store(List.of(entries)))).results();
  }

  Holding.Answer record(String key) {
    return lookUp(key, Holding.Want.RECORD);
  }

  Holding.Answer version(String key) {
    return lookUp(key, Holding.Want.VERSION);
  }

  Holding.Answer lookUp(String key, Holding.Want want) {
    Holding.Item item = new Holding.Item(Key.of(key), want);
    return await(ask(Addresses.LOOK_UP, new Holding.Lookup(List.of(item)))).answers().get(0);
  }

  Listing.Listed list(String prefix, Bytes from, int limit, boolean all) {
    return await(
        ask(
            Addresses.LIST,
            new Listing.Page(
                Bytes.utf8(prefix),
                from,
                limit,
                all ? Listing.Scope.ALL : Listing.Scope.LIVE,
                true)));
  }

  Ranging.Ranged range(int worker, Bytes cursor, int bytesMax) {
    return await(ask(Addresses.RANGE, new Ranging.Range(worker, cursor, bytesMax)));
  }

  /** The latest version that is kept under a key for another worker. */
  Version hinted(String key) {
    return await(ask(Addresses.HINTED, new Hinting.Search(Key.of(key)))).latest();
  }

  List<Hinting.Hint> hints(int owner, long after, int limit) {
    return await(ask(Addresses.HINTS, new Hinting.Waiting(owner, after, limit))).hints();
  }

  Bytes recall(String name) {
    return await(ask(Addresses.RECALL, new Remembering.Recall(name))).value();
  }

  StorageFigures figures() {
    return await(ask(Addresses.STORAGE_FIGURES, StorageFigures.Ask.NOW));
  }

  Path storeFolder() {
    return config.node().folder().resolve("store");
  }

  static <A> A await(Future<A> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
