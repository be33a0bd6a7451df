package dev.rondo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Departure;
import dev.rondo.bus.EventKind;
import dev.rondo.bus.FirstGeneration;
import dev.rondo.bus.Fitness;
import dev.rondo.bus.Fitness.Finding;
import dev.rondo.bus.LogLines;
import dev.rondo.bus.Redeploying;
import dev.rondo.bus.StorageFigures.Health;
import dev.rondo.bus.Storing;
import dev.rondo.bus.ViewAsk;
import dev.rondo.bus.ViewState;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.StateDocument;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.membership.Membership;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatVerticleTest {
  private final StubStorage storage = new StubStorage();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<IntConsumer> followers = new CopyOnWriteArrayList<>();
  private final List<Topology> topologies = new CopyOnWriteArrayList<>();
  private final List<Fitness> fitnesses = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private Bus bus;
  private NodeConfig config;

  @BeforeEach
  void prepare() {
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    storage.serve(bus);
    bus.subscribe(Addresses.TOPOLOGY_CHANGED, topologies::add);
    bus.subscribe(Addresses.FITNESS_CHANGED, fitnesses::add);
    config = config("0");
  }

  private NodeConfig config(String controllerPort) {
    return get(
        new ConfigLoader(vertx)
            .load(
                new ConfigLoader.Sources(
                    Path.of("none.json"),
                    false,
                    Map.of(),
                    Map.of("role", "worker", "controller.grpcPort", controllerPort))));
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void a_new_worker_takes_its_configuration_and_keeps_it() {
    deploy();
    assertThat(topology().state()).isEqualTo(config.ring().firstState());
    assertThat(StateDocument.decode(storage.notes.get(StateDocument.NAME)))
        .isEqualTo(config.ring().firstState());
    await().untilAsserted(() -> assertThat(topologies).hasSize(1));
    assertThat(meters.get("rondo.topology.epoch").gauge().value()).isEqualTo(1);
  }

  @Test
  void what_was_kept_wins_over_the_configuration() {
    ClusterState kept =
        new ClusterState(7, 20, new Quorums(2, 1, 2), config.ring().members().subList(0, 3));
    storage.notes.put(StateDocument.NAME, StateDocument.encode(kept));
    deploy();
    assertThat(topology().state()).isEqualTo(kept);
  }

  @Test
  void what_was_kept_wins_also_within_one_epoch() {
    ClusterState kept = new ClusterState(1, 20, new Quorums(1, 1, 1), config.ring().members());
    storage.notes.put(StateDocument.NAME, StateDocument.encode(kept));
    deploy();
    assertThat(topology().state()).isEqualTo(kept);
  }

  @Test
  void a_worker_that_is_no_member_says_what_that_means() {
    ClusterState others =
        new ClusterState(7, 20, new Quorums(2, 1, 2), config.ring().members().subList(1, 3));
    storage.notes.put(StateDocument.NAME, StateDocument.encode(others));
    try (LogLines log = LogLines.of(HeartbeatVerticle.class)) {
      deploy();
      assertThat(log.lines)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("no member", "503 quorum_unavailable")
                      .contains("start it with the id of a member")
                      .endsWith("id=0 members=[1, 2]"));
    }
  }

  @Test
  void a_member_does_not_say_that_it_is_none() {
    try (LogLines log = LogLines.of(HeartbeatVerticle.class)) {
      deploy();
      assertThat(log.lines).noneMatch(line -> line.contains("no member"));
    }
  }

  @Test
  void a_newer_state_that_was_seen_is_kept_then_published() {
    deploy();
    ClusterState newer = config.ring().firstState().changingTo(new Quorums(2, 1, 1));
    bus.publish(Addresses.STATE_SEEN, newer);
    await().untilAsserted(() -> assertThat(topologies).hasSize(2));
    assertThat(topologies.get(1).state()).isEqualTo(newer);
    assertThat(topology().state()).isEqualTo(newer);
    assertThat(StateDocument.decode(storage.notes.get(StateDocument.NAME))).isEqualTo(newer);
  }

  @Test
  void a_state_that_is_not_newer_changes_nothing() {
    deploy();
    ClusterState newer = config.ring().firstState().changingTo(new Quorums(2, 1, 1));
    bus.publish(Addresses.STATE_SEEN, newer);
    bus.publish(Addresses.STATE_SEEN, config.ring().firstState().changingTo(new Quorums(1, 1, 1)));
    bus.publish(Addresses.STATE_SEEN, newer.settled());
    await().untilAsserted(() -> assertThat(topologies).hasSize(3));
    assertThat(topologies.get(2).state()).isEqualTo(newer.settled());
  }

  @Test
  void a_newer_state_is_in_force_also_when_the_disk_is_full() {
    deploy();
    storage.result = Storing.Result.Refusal.DISK_FULL;
    bus.publish(Addresses.STATE_SEEN, config.ring().firstState().changingTo(new Quorums(2, 1, 1)));
    await().untilAsserted(() -> assertThat(topology().state().epoch()).isEqualTo(2));
  }

  @Test
  void a_state_that_could_not_be_kept_is_kept_once_it_can() {
    deploy();
    storage.result = Storing.Result.Refusal.OVERLOADED;
    ClusterState newer = config.ring().firstState().changingTo(new Quorums(2, 1, 1));
    bus.publish(Addresses.STATE_SEEN, newer);
    await().until(() -> topology().state().equals(newer));
    assertThat(kept()).isNotEqualTo(newer);
    storage.result = Storing.Result.Done.DURABLE;
    await().until(() -> kept().equals(newer));
  }

  @Test
  void a_first_state_that_could_not_be_kept_is_kept_once_it_can() {
    storage.result = Storing.Result.Refusal.DISK_FULL;
    deploy();
    assertThat(storage.notes).isEmpty();
    storage.result = Storing.Result.Done.DURABLE;
    await().until(() -> !storage.notes.isEmpty());
    assertThat(kept()).isEqualTo(config.ring().firstState());
  }

  private ClusterState kept() {
    return StateDocument.decode(storage.notes.get(StateDocument.NAME));
  }

  @Test
  void a_note_that_cannot_be_read_stops_the_start() {
    storage.notes.put(StateDocument.NAME, Bytes.utf8("{\"epoch\":1}"));
    assertThatThrownBy(this::deploy).hasMessageContaining("cluster.state cannot be read");
  }

  @Test
  void a_full_disk_does_not_stop_the_start() {
    storage.result = Storing.Result.Refusal.DISK_FULL;
    deploy();
    assertThat(topology().state().epoch()).isEqualTo(1);
  }

  @Test
  void a_storage_that_failed_before_anybody_listened_is_known() {
    storage.health = Health.FAILED;
    deploy();
    assertThat(fitness().storageOpen()).isFalse();
  }

  @Test
  void findings_become_the_fitness() {
    deploy();
    assertThat(fitness()).isEqualTo(Fitness.STARTING);
    bus.publish(Addresses.FINDING, new Finding.Identified(true));
    bus.publish(Addresses.FINDING, new Finding.Complete(true));
    bus.publish(Addresses.FINDING, new Finding.Clock(true, 12));
    await().untilAsserted(() -> assertThat(fitness().mayCoordinate()).isTrue());
    assertThat(fitness()).isEqualTo(new Fitness(true, true, true, true, true, false, 12));
    bus.publish(Addresses.FINDING, new Finding.Storage(false, false));
    await().untilAsserted(() -> assertThat(fitness().mayCoordinate()).isFalse());
  }

  @Test
  void only_changes_of_the_fitness_are_published() {
    deploy();
    bus.publish(Addresses.FINDING, new Finding.Complete(false));
    bus.publish(Addresses.FINDING, new Finding.Complete(false));
    bus.publish(Addresses.FINDING, new Finding.Identified(true));
    await().untilAsserted(() -> assertThat(fitnesses).hasSize(2));
    assertThat(fitnesses.get(0)).isEqualTo(Fitness.STARTING);
    assertThat(fitnesses.get(1).identified()).isTrue();
  }

  @Test
  void a_departure_is_published_once_for_each_process() {
    List<Departure> departures = new CopyOnWriteArrayList<>();
    bus.subscribe(Addresses.DEPARTED, departures::add);
    deploy();
    followers.get(0).accept(3);
    await().untilAsserted(() -> assertThat(departures).containsExactly(new Departure(3)));
  }

  @Test
  void a_stopped_verticle_follows_nobody() {
    String id = deploy();
    assertThat(followers).hasSize(1);
    get(vertx.undeploy(id));
    assertThat(followers).isEmpty();
  }

  @Test
  void what_no_controller_was_there_to_hear_is_left_to_the_next_generation() {
    config = config("1");
    ClusterEvent event = new ClusterEvent(EventKind.STORAGE_DAMAGED, 0, "it was damaged");
    HeartbeatVerticle first = verticle();
    get(vertx.deployVerticle(new FirstGeneration<>(first)));
    bus.publish(Addresses.EVENT, event);
    // Comes behind it.
    topology();
    ViewState left = (ViewState) get(first.handOver());
    assertThat(left.news().untold()).containsExactly(event);
    HeartbeatVerticle second = verticle();
    get(vertx.deployVerticle(second));
    get(second.takeOver(left));
    assertThat(((ViewState) get(second.handOver())).news()).isEqualTo(left.news());
  }

  @Test
  void the_verticles_are_asked_for_until_somebody_answers() {
    config = config("1");
    deploy();
    Promise<Void> asked = Promise.promise();
    bus.serve(
        Addresses.VERTICLES,
        ask -> {
          asked.tryComplete();
          return Future.succeededFuture(new Redeploying.Verticles("", List.of()));
        });
    await().until(() -> asked.future().succeeded());
  }

  private String deploy() {
    return get(vertx.deployVerticle(new FirstGeneration<>(verticle())));
  }

  private HeartbeatVerticle verticle() {
    Membership membership =
        (left, joined) -> {
          followers.add(left);
          return () -> followers.remove(left);
        };
    return new HeartbeatVerticle(config, bus, meters, membership);
  }

  private Topology topology() {
    return get(bus.ask(Addresses.TOPOLOGY, ViewAsk.NOW, 1000));
  }

  private Fitness fitness() {
    return get(bus.ask(Addresses.FITNESS, ViewAsk.NOW, 1000));
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
