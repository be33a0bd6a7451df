package dev.rondo.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.ClusterState;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastMembershipTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final String cluster = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private final int seed = freePort();
  private final List<Integer> left = new CopyOnWriteArrayList<>();
  private final List<Integer> joined = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void a_group_that_was_left_frozen_admits_again() {
    start(following(new HazelcastMembership(config(0, seed), 200)));
    hazelcast(0).getCluster().changeClusterState(ClusterState.FROZEN);

    start(new HazelcastMembership(config(1, freePort())));

    await().untilAsserted(() -> assertThat(joined).containsExactly(1));
  }

  @Test
  void where_hazelcast_ends_by_itself_the_node_joins_again() {
    start(following(new HazelcastMembership(config(0, seed))));
    start(new HazelcastMembership(config(1, freePort())));
    hazelcast(1).getLifecycleService().terminate();
    await().untilAsserted(() -> assertThat(left).containsExactly(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(joined).containsExactly(1, 1));
  }

  @Test
  void who_follows_no_more_is_told_nothing() {
    HazelcastMembership first = following(new HazelcastMembership(config(0, seed)));
    List<Integer> told = new CopyOnWriteArrayList<>();
    first.follow(told::add, told::add).run();
    start(first);
    start(new HazelcastMembership(config(1, freePort())));
    await().untilAsserted(() -> assertThat(joined).containsExactly(1));
    assertThat(told).isEmpty();
  }

  @Test
  void one_that_is_stopped_is_seen_to_leave() {
    start(following(new HazelcastMembership(config(0, seed))));
    HazelcastMembership second = new HazelcastMembership(config(1, freePort()));
    String deployment = start(second);
    vertx.undeploy(deployment).await();
    await().untilAsserted(() -> assertThat(left).containsExactly(1));
  }

  private HazelcastMembership following(HazelcastMembership membership) {
    membership.follow(left::add, joined::add);
    return membership;
  }

  private String start(HazelcastMembership membership) {
    String deployment = vertx.deployVerticle(membership).await();
    await().atMost(PATIENCE).until(() -> membership.joined().isComplete());
    return deployment;
  }

  private HazelcastInstance hazelcast(int worker) {
    return Hazelcast.getAllHazelcastInstances().stream()
        .filter(one -> one.getConfig().getClusterName().equals(cluster))
        .filter(one -> one.getName().startsWith("worker-" + worker + "-"))
        .findFirst()
        .orElseThrow();
  }

  private NodeConfig config(int id, int port) {
    Map<String, String> flags =
        Map.of(
            "role",
            "worker",
            "id",
            String.valueOf(id),
            "cluster",
            cluster,
            "membership.port",
            String.valueOf(port),
            "membership.seeds",
            "127.0.0.1:" + seed);
    var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
    return new ConfigLoader(vertx).load(sources).await();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
