package dev.rondo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.cli.Reasons;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final String cluster = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  @AfterEach
  void stop() {
    nodes.forEach(node -> node.stop(SOON));
  }

  @Test
  void parts_start_from_the_inside_out_and_stop_the_other_way_round() throws IOException {
    Node node = Node.start(config(0, freePort(), 1), ground -> parts());
    assertThat(events).containsExactly("+inner", "+outer", "+outer");
    node.stop(SOON);
    assertThat(events).containsExactly("+inner", "+outer", "+outer", "-outer", "-outer", "-inner");
  }

  @Test
  void below_a_part_that_fails_to_stop_everything_is_stopped() throws IOException {
    stopAbove(
        () -> Future.failedFuture(new TimeoutException("no exception of the unchecked kind")));
    stopAbove(() -> Future.failedFuture(new StackOverflowError("not even an exception")));
    assertThat(events).containsExactly("+inner", "-inner", "+inner", "-inner");
  }

  @Test
  void below_a_part_that_never_stops_everything_is_stopped_when_the_time_is_over()
      throws IOException {
    stopAbove(Duration.ofMillis(100), () -> Promise.promise().future());
    assertThat(events).containsExactly("+inner", "-inner");
  }

  /** A supervisor, say, gives its workers ten seconds. */
  @Test
  void a_part_that_takes_its_time_to_stop_has_it() throws IOException {
    stopAbove(
        () -> {
          Promise<Void> late = Promise.promise();
          CompletableFuture.delayedExecutor(5_500, TimeUnit.MILLISECONDS)
              .execute(
                  () -> {
                    events.add("-slow");
                    late.complete();
                  });
          return late.future();
        });
    assertThat(events).containsExactly("+inner", "-slow", "-inner");
  }

  private void stopAbove(Supplier<Future<?>> stop) throws IOException {
    stopAbove(SOON, stop);
  }

  private void stopAbove(Duration within, Supplier<Future<?>> stop) throws IOException {
    List<Part> parts =
        List.of(
            new Part("inner", 1, () -> new Reporter("inner")),
            new Part("outer", 1, () -> new Stopping(stop)));
    Node.start(config(0, freePort(), 1), ground -> parts).stop(within);
  }

  @Test
  void when_a_part_does_not_start_those_that_did_are_stopped() {
    assertThatThrownBy(
            () ->
                Node.start(
                    config(0, freePort(), 1),
                    ground ->
                        List.of(
                            new Part("inner", 1, () -> new Reporter("inner")),
                            new Part("broken", 1, Broken::new))))
        .satisfies(failure -> assertThat(Reasons.of(failure)).isEqualTo("broken: out of order"));
    assertThat(events).containsExactly("+inner", "-inner");
  }

  @Test
  void a_port_that_is_taken_is_a_reason_in_one_line() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Node.start(config(0, taken.getLocalPort(), 1), NodeTest::membership))
          .satisfies(
              failure ->
                  assertThat(Reasons.of(failure))
                      .contains("membership.port", String.valueOf(taken.getLocalPort()))
                      .hasLineCount(1));
    }
  }

  @Test
  void workers_see_each_other_come_and_go() throws IOException {
    int seed = freePort();
    List<Integer> joined = new CopyOnWriteArrayList<>();
    List<Integer> left = new CopyOnWriteArrayList<>();
    List<Future<Void>> member = new ArrayList<>();
    nodes.add(
        Node.start(
            config(0, seed, seed),
            ground -> {
              ground.membership().follow(left::add, joined::add);
              member.add(ground.membership().joined());
              assertThat(ground.vertx().isClustered()).as("what requests go through").isFalse();
              return membership(ground);
            }));
    Future.all(member).await();
    Node other = Node.start(config(1, freePort(), seed), NodeTest::membership);
    await().untilAsserted(() -> assertThat(joined).containsExactly(1));
    assertThat(left).isEmpty();
    other.stop(SOON);
    await().untilAsserted(() -> assertThat(left).containsExactly(1));
  }

  private static List<Part> membership(Ground ground) {
    return List.of(new Part("membership", 1, ground::membership));
  }

  private List<Part> parts() {
    return List.of(
        new Part("inner", 1, () -> new Reporter("inner")),
        new Part("outer", 2, () -> new Reporter("outer")));
  }

  private NodeConfig config(int id, int membershipPort, int seedPort) {
    Vertx vertx = Vertx.vertx();
    try {
      Map<String, String> flags =
          Map.of(
              "role",
              "worker",
              "id",
              String.valueOf(id),
              "cluster",
              cluster,
              "http.instances",
              "2",
              "membership.port",
              String.valueOf(membershipPort),
              "membership.seeds",
              "127.0.0.1:" + seedPort);
      var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
      return new ConfigLoader(vertx).load(sources).await();
    } finally {
      vertx.close().await();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final class Reporter extends VerticleBase {
    private final String name;

    Reporter(String name) {
      this.name = name;
    }

    @Override
    public Future<?> start() {
      events.add("+" + name);
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      events.add("-" + name);
      return Future.succeededFuture();
    }
  }

  private static final class Stopping extends VerticleBase {
    private final Supplier<Future<?>> stop;

    Stopping(Supplier<Future<?>> stop) {
      this.stop = stop;
    }

    @Override
    public Future<?> stop() {
      return stop.get();
    }
  }

  private static final class Broken extends VerticleBase {
    @Override
    public Future<?> start() {
      return Future.failedFuture("out of order");
    }
  }
}
