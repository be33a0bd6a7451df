package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every verticle of every node is replaced again and again, all nodes at the same time, under 64
 * clients for each node that speak HTTP/1.1 and HTTP/2. The properties {@code
 * rondo.redeploy.rounds} and {@code rondo.redeploy.kills} make it longer.
 */
class RedeployLoadIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  private static final int ROUNDS = Integer.getInteger("rondo.redeploy.rounds", 3);

  /** Generations whose code stays: what runs, and what a rollback brings back. */
  private static final int KEPT = 2;

  private static final int KILLS = Integer.getInteger("rondo.redeploy.kills", 2);
  private static final List<String> JARS = List.of("other.jar", "next.jar");
  private static final List<String> WORKER_KINDS =
      List.of("api", "router", "replication", "heartbeat", "persistence");
  private static final List<String> CONTROLLER_KINDS = List.of("registry", "web");

  @BeforeAll
  static void writeJars() throws IOException {
    NextJar.write(cluster.jars().resolve("next.jar"));
    NextJar.write(cluster.jars().resolve("other.jar"), NextJar.OTHER_HEADER);
  }

  @Test
  void no_request_fails_no_connection_breaks_and_nothing_stays_behind() {
    try (Load load = Load.onEach("again-", cluster.urls())) {
      load.awaitProgress(2000);
      load.latencies();
      load.awaitProgress(2000);
      Histogram undisturbed = load.latencies();
      replaceAll(1, KEPT);
      List<Footprint> settled = footprints();
      replaceAll(KEPT + 1, ROUNDS);
      print(undisturbed, load.latencies());
      assertNothingLeft(settled, footprints());
      for (int worker : cluster.ids()) {
        KvClient.Reply reply = cluster.client(worker).get("no-such-key", "");
        assertThat(reply.header(header(ROUNDS))).isNotEmpty();
      }
      assertThat(load.brokenConnections()).isZero();
      History history = load.stop();
      assertThat(history.failures()).isEmpty();
      assertThat(history.violations()).isEmpty();
    }
  }

  @Test
  void a_worker_that_is_killed_amid_a_redeploy_starts_and_has_lost_nothing() {
    long seed = Long.getLong("rondo.redeploy.seed", System.nanoTime());
    System.out.println("rondo.redeploy.seed=" + seed);
    Random random = new Random(seed);
    List<String> workers = cluster.ids().stream().map(cluster::url).toList();
    try (Load load = Load.onEach("amid-", workers)) {
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitProgress(200);
        int victim = random.nextInt(workers.size());
        long killed = cluster.pid(victim);
        String kind = WORKER_KINDS.get(random.nextInt(WORKER_KINDS.size()));
        begin(cluster.client(victim), kind, "next.jar");
        await().pollDelay(Duration.ofMillis(random.nextInt(300))).until(() -> true);
        cluster.kill9(victim);
        cluster.awaitReborn(victim, killed);
        cluster.awaitAllOnline();
      }
      Readback.afterHealing(cluster, "amid-", load.stop());
    }
  }

  /** All nodes for themselves, and none waits for another. */
  private static void replaceAll(int from, int to) {
    ExecutorService operators = Executors.newCachedThreadPool();
    try {
      Stream<CompletableFuture<Void>> workers =
          cluster.ids().stream()
              .map(cluster::client)
              .map(node -> operate(operators, node, WORKER_KINDS, from, to));
      Stream<CompletableFuture<Void>> controller =
          Stream.of(operate(operators, cluster.controllerClient(), CONTROLLER_KINDS, from, to));
      Stream.concat(workers, controller).toList().forEach(CompletableFuture::join);
    } finally {
      operators.shutdown();
    }
  }

  private static CompletableFuture<Void> operate(
      ExecutorService operators, KvClient node, List<String> kinds, int from, int to) {
    return CompletableFuture.runAsync(
        () -> {
          for (int round = from; round <= to; round++) {
            for (String kind : kinds) {
              replace(node, kind, JARS.get(round % JARS.size()));
            }
          }
        },
        operators);
  }

  private static void replace(KvClient node, String kind, String jar) {
    begin(node, kind, jar);
    await(kind + " is replaced")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !"running".equals(last(node, kind).getString("status")));
    JsonObject last = last(node, kind);
    assertThat(last.getString("status")).as(last.encode()).isEqualTo("succeeded");
    assertThat(last.getString("jar")).isEqualTo(jar);
  }

  private static void begin(KvClient node, String kind, String jar) {
    String body = new JsonObject().put("jar", jar).encode();
    KvClient.Reply begun = node.post("/node/verticles/" + kind + "/redeploy", body);
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
  }

  private static JsonObject last(KvClient node, String kind) {
    return node.get("/node/verticles/" + kind).json().getJsonObject("last");
  }

  private static String header(int round) {
    return JARS.get(round % JARS.size()).equals("next.jar") ? NextJar.HEADER : NextJar.OTHER_HEADER;
  }

  private static List<Footprint> footprints() {
    List<Footprint> all =
        cluster.ids().stream()
            .map(worker -> Footprint.of(cluster.pid(worker), cluster.client(worker)))
            .toList();
    all.forEach(System.out::println);
    return all;
  }

  /**
   * Each generation that stays behind would keep hundreds of classes, and threads if it had any.
   */
  private static void assertNothingLeft(List<Footprint> before, List<Footprint> after) {
    for (int worker : cluster.ids()) {
      assertThat(after.get(worker).classes())
          .as("classes of worker %d", worker)
          .isLessThan(before.get(worker).classes() + 200);
      assertThat(after.get(worker).threads())
          .as("threads of worker %d", worker)
          .isLessThan(before.get(worker).threads() + 5);
    }
  }

  private static void print(Histogram undisturbed, Histogram during) {
    System.out.printf(
        Locale.ROOT,
        "%d requests during redeploys; p99 %.1f ms during, %.1f before; longest %.1f and %.1f%n",
        during.getTotalCount(),
        during.getValueAtPercentile(99) / 1000.0,
        undisturbed.getValueAtPercentile(99) / 1000.0,
        during.getMaxValue() / 1000.0,
        undisturbed.getMaxValue() / 1000.0);
  }
}
