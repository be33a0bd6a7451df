package dev.rondo.controller;

import static dev.rondo.controller.TestController.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.CatchUp;
import dev.rondo.bus.Filled;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.RecentChange;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Code;
import dev.rondo.bus.Redeploying.Outcome;
import dev.rondo.bus.Redeploying.Reason;
import dev.rondo.bus.Redeploying.Redeploy;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Verticle;
import dev.rondo.bus.Redeploying.Verticles;
import dev.rondo.bus.Remembering;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.StorageFigures;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Topic;
import dev.rondo.bus.ViewAsk;
import dev.rondo.bus.Vouching;
import dev.rondo.config.RingConfig;
import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.record.Bytes;
import dev.rondo.heartbeat.HeartbeatVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker with its heartbeat alone; its storage keeps notes and pretends the rest. */
final class TestWorker implements AutoCloseable {
  final int id;
  final Map<String, Bytes> notes;
  final List<CatchUp> catchUps = new CopyOnWriteArrayList<>();
  final List<Repairing.Order> orders = new CopyOnWriteArrayList<>();
  final List<Vouching> words = new CopyOnWriteArrayList<>();
  final List<Redeploy> wishes = new CopyOnWriteArrayList<>();
  volatile List<RecentChange> recent = List.of();

  /** Why its router is not replaced; empty when it is. */
  volatile String obstacle = "";

  /** Whether it says so before it has begun. */
  volatile boolean declines;

  private volatile Verticle router = router(1, null);
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Bus bus = Bus.of(vertx);
  private final String deployment;

  TestWorker(int id, RingConfig ring, int controllerPort) {
    this(id, ring, controllerPort, new ConcurrentHashMap<>());
  }

  TestWorker(int id, RingConfig ring, int controllerPort, Map<String, Bytes> notes) {
    this.id = id;
    this.notes = notes;
    serveStorage();
    serveRouter();
    bus.subscribe(Addresses.CATCH_UP, catchUps::add);
    bus.subscribe(Addresses.REPAIR_ORDERED, orders::add);
    bus.subscribe(Addresses.VOUCHED, words::add);
    deployment =
        await(
            vertx.deployVerticle(
                new FirstGeneration<>(
                    new HeartbeatVerticle(
                        TestConfigs.worker(id, ring, controllerPort),
                        bus,
                        new SimpleMeterRegistry(),
                        new TestMembership()))));
    publish(Addresses.FINDING, new Finding.Identified(true));
    publish(Addresses.FINDING, new Finding.Complete(true));
  }

  private void serveStorage() {
    bus.serve(
        Addresses.RECALL,
        recall ->
            Future.succeededFuture(
                new Remembering.Recalled(notes.getOrDefault(recall.name(), Bytes.EMPTY))));
    bus.serve(
        Addresses.STORE,
        store -> {
          Storing.Entry.Note note = (Storing.Entry.Note) store.entries().get(0);
          notes.put(note.name(), note.value());
          return Future.succeededFuture(new Storing.Stored(List.of(Storing.Result.Done.DURABLE)));
        });
    bus.serve(
        Addresses.STORAGE_FIGURES,
        ask ->
            Future.succeededFuture(
                new StorageFigures(
                    StorageFigures.Health.OPEN, 7, 0, 70, 700, Map.of(1, 2L), 0, 0, null, recent)));
  }

  private void serveRouter() {
    bus.serve(
        Addresses.VERTICLES,
        ask -> Future.succeededFuture(new Verticles("/srv/jars", List.of(router))));
    bus.serve(Addresses.REDEPLOY, wish -> Future.succeededFuture(replace(wish)));
  }

  private Outcome replace(Redeploy wish) {
    wishes.add(wish);
    if (declines) {
      return new Outcome.Refused(Reason.UNUSABLE_JAR, obstacle);
    }
    int next = router.generation() + 1;
    Status end = obstacle.isEmpty() ? Status.SUCCEEDED : Status.FAILED;
    Attempt attempt =
        Attempt.begun(wish.ticket(), wish.action(), next, new Code("2.0", wish.jar()), 1)
            .ended(end, obstacle, 2);
    router = router(obstacle.isEmpty() ? next : next - 1, attempt);
    publish(Addresses.VERTICLE_CHANGED, router);
    return new Outcome.Accepted(router);
  }

  private static Verticle router(int generation, Attempt last) {
    Code before = generation == 1 ? null : new Code("1.0", null);
    return new Verticle("router", true, 1, generation, new Code("2.0", null), 1, 0, before, last);
  }

  <T> void publish(Topic<T> topic, T news) {
    bus.publish(topic, news);
  }

  void filled(long epoch) {
    publish(Addresses.FILLED, new Filled(epoch));
  }

  ClusterState state() {
    return await(bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, 2_000)).state();
  }

  ClusterState kept() {
    return StateDocument.decode(notes.get(StateDocument.NAME));
  }

  /** Stops as a node does. */
  void stop() {
    await(vertx.undeploy(deployment));
  }

  /** Stops it, and everything that the test made for it. */
  @Override
  public void close() {
    await(vertx.close());
  }
}
