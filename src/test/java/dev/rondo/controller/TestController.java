package dev.rondo.controller;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Configuring;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.LateAcknowledgement;
import dev.rondo.bus.ProcessExit;
import dev.rondo.bus.ProcessGivenUp;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Roster;
import dev.rondo.bus.WorkerStatus;
import dev.rondo.config.RingConfig;
import dev.rondo.core.member.ClusterState;
import dev.rondo.http.InnerPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A controller with its registry alone, at a quicker pace. */
final class TestController implements AutoCloseable {
  static final Pace PACE = new Pace(300, 3_000, 50, 3_000);

  final int port;
  final TestMembership membership = new TestMembership();
  final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
  final List<Roster> rosters = new CopyOnWriteArrayList<>();
  final List<LateAcknowledgement> late = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Bus bus = Bus.of(vertx);

  TestController(RingConfig ring, int port, Path data) {
    this.port = port;
    bus.subscribe(Addresses.EVENT, events::add);
    bus.subscribe(Addresses.ROSTER_CHANGED, rosters::add);
    bus.subscribe(Addresses.LATE, late::add);
    InnerPort inner = new InnerPort();
    await(vertx.deployVerticle(inner));
    RegistryVerticle registry =
        new RegistryVerticle(
            TestConfigs.controller(ring, port, data), bus, membership, inner, PACE);
    await(vertx.deployVerticle(new FirstGeneration<>(registry)));
  }

  Roster roster() {
    return await(bus.ask(Addresses.ROSTER, Roster.Ask.NOW, 2_000));
  }

  ClusterState state() {
    return roster().state();
  }

  Roster.Entry entry(int worker) {
    return roster().workers().stream()
        .filter(entry -> entry.id() == worker)
        .findFirst()
        .orElseThrow();
  }

  WorkerStatus status(int worker) {
    return entry(worker).status();
  }

  List<String> kinds() {
    return events.stream().map(ClusterEvent::kind).toList();
  }

  /** Replaces the workers' router. */
  Rolling.Outcome rollOut(Action action, String name, Integer worker) {
    return await(
        bus.ask(Addresses.ROLL_OUT, new Rolling.Wish(action, name, "next.jar", "", worker), 5_000));
  }

  /** Changes the quorums; null leaves one as it is. */
  Configuring.Outcome configure(Integer n, Integer w, Integer r) {
    return configure(new Configuring.Change(n, w, r, null));
  }

  Configuring.Outcome configure(Configuring.Change change) {
    return await(bus.ask(Addresses.CONFIGURE, change, 10_000));
  }

  Repairing.Outcome repair(@Nullable Integer worker) {
    return await(bus.ask(Addresses.REPAIR, new Repairing.Repair(worker), 2_000));
  }

  /** A supervisor has seen a process end. */
  void exited(int worker, long pid) {
    bus.publish(Addresses.PROCESS_EXITED, new ProcessExit(worker, pid));
  }

  /** A supervisor starts a worker no more. */
  void givenUp(int worker) {
    bus.publish(Addresses.PROCESS_GIVEN_UP, new ProcessGivenUp(worker));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
