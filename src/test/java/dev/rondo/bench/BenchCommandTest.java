package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Ring;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  private final Vertx vertx = Vertx.vertx();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Map<String, String> environment = Map.of();

  @TempDir Path folder;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void a_closed_loop_does_so_many_operations_over_kept_connections() {
    StubNode one = StubNode.alone(vertx);
    StubNode other = StubNode.alone(vertx);
    int exit =
        bench("--url", one.url(), "--url", other.url(), "--operations", "1001", "--clients", "8");
    assertThat(exit).isZero();
    assertThat(one.requests.get() + other.requests.get()).isEqualTo(1001);
    // And the one that finds out whether anybody is there.
    assertThat(one.connections.get()).isBetween(1L, 9L);
    assertThat(other.connections.get()).isBetween(1L, 9L);
  }

  @Test
  void several_event_loops_share_the_clients_and_the_operations() {
    StubNode node = StubNode.alone(vertx);
    JsonObject result =
        json("--url", node.url(), "--operations", "500", "--clients", "6", "--event-loops", "3");
    assertThat(result.getLong("succeeded")).isEqualTo(500);
    assertThat(node.requests.get()).isEqualTo(500);
    assertThat(node.connections.get()).isBetween(3L, 13L);
  }

  @Test
  void failures_are_counted_by_status_and_end_with_one() {
    StubNode node = StubNode.alone(vertx);
    node.refuses = number -> number % 10 == 0;
    int exit = bench("--url", node.url(), "--operations", "200", "-o", "json");
    assertThat(exit).isEqualTo(1);
    JsonObject result = new JsonObject(out.toString()).getJsonObject("result");
    assertThat(result.getLong("failed")).isEqualTo(20);
    assertThat(result.getLong("succeeded")).isEqualTo(180);
    assertThat(result.getJsonObject("answers").getLong("503 quorum_unavailable")).isEqualTo(20);
  }

  @Test
  void a_target_that_is_not_there_is_said_before_anything_is_measured() throws IOException {
    StubNode node = StubNode.alone(vertx);
    String nobody = nobody();
    String why = "rondo: " + nobody + " does not answer; is the node running?%n".formatted();
    assertThat(bench("--url", node.url(), "--url", nobody)).isEqualTo(5);
    assertThat(bench("--url", node.url(), "--compare-url", nobody)).isEqualTo(5);
    assertThat(err.toString()).isEqualTo(why + why);
    assertThat(out.toString()).isEmpty();
    assertThat(node.requests).hasValue(0);
  }

  @Test
  void the_variable_names_the_target_where_no_option_does() throws IOException {
    StubNode node = StubNode.alone(vertx);
    environment = Map.of("RONDO_URL", node.url());
    assertThat(bench("--operations", "10")).isZero();
    assertThat(node.requests).hasValue(10);
    environment = Map.of("RONDO_URL", nobody());
    assertThat(bench("--operations", "10", "--url", node.url())).isZero();
    assertThat(node.requests).hasValue(20);
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void what_was_preloaded_must_be_found() {
    StubNode node = StubNode.alone(vertx);
    String[] load = {"--url", node.url(), "--keys", "50", "--mix", "read", "--operations", "100"};
    assertThat(bench(load)).as("nothing there, nothing promised").isZero();
    assertThat(bench(with(load, "--preload"))).isZero();
    assertThat(node.values).hasSize(50);
  }

  @Test
  void an_open_loop_asks_a_slow_target_as_often_and_counts_from_when_it_was_due() {
    StubNode node = StubNode.alone(vertx);
    node.delayMillis = 100;
    // Two connections of 10 a second each cannot carry 100 a second: the queue grows to a second.
    JsonObject result =
        json("--url", node.url(), "--rate", "100", "--clients", "2", "--operations", "40");
    assertThat(result.getLong("succeeded")).isEqualTo(40);
    long write = result.getJsonObject("latencies").getJsonObject("write").getLong("maxMicros");
    long read = result.getJsonObject("latencies").getJsonObject("read").getLong("maxMicros");
    assertThat(Math.max(write, read)).isGreaterThan(1_000_000);
  }

  @Test
  void an_open_loop_sends_what_is_due_within_the_duration() {
    StubNode node = StubNode.alone(vertx);
    JsonObject result = json("--url", node.url(), "--rate", "500", "--duration", "400ms");
    assertThat(result.getLong("succeeded")).isEqualTo(200);
  }

  @Test
  void a_silent_target_times_out() {
    StubNode node = StubNode.alone(vertx);
    node.delayMillis = 60_000;
    bench(
        "--url",
        node.url(),
        "--clients",
        "2",
        "--operations",
        "2",
        "--timeout",
        "200ms",
        "-o",
        "json");
    assertThat(new JsonObject(out.toString()).getJsonObject("result").getJsonObject("answers"))
        .isEqualTo(new JsonObject().put("timeout", 2));
  }

  @Test
  void two_sides_take_turns_and_are_related() {
    StubNode fast = StubNode.alone(vertx);
    StubNode slow = StubNode.alone(vertx);
    slow.delayMillis = 20;
    int exit =
        bench(
            "--url",
            slow.url(),
            "--compare-url",
            fast.url(),
            "--clients",
            "4",
            "--slice",
            "200ms",
            "--duration",
            "600ms",
            "-o",
            "json");
    assertThat(exit).isZero();
    JsonObject throughput = new JsonObject(out.toString()).getJsonArray("ratios").getJsonObject(0);
    assertThat(throughput.getString("figure")).isEqualTo("throughput");
    assertThat(throughput.getDouble("total")).isLessThan(0.8);
    assertThat(throughput.getDouble("least")).isLessThanOrEqualTo(throughput.getDouble("median"));
  }

  @Test
  void the_table_names_what_matters() {
    StubNode node = StubNode.alone(vertx);
    String pid = Long.toString(ProcessHandle.current().pid());
    bench("--url", node.url(), "--operations", "100", "--mix", "write", "--pid", pid);
    assertThat(out.toString())
        .contains("operations/s", "p99.9", "write", "200: 100", node.url(), "client CPU");
  }

  @Test
  void impossible_options_end_with_two_and_a_reason() {
    assertThat(bench("--clients", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--clients is 0, allowed: 1 to 100000");
    assertThat(bench("--distribution", "fair")).isEqualTo(2);
    assertThat(err.toString()).contains("--distribution is 'fair', allowed: uniform, zipfian");
    assertThat(bench("-o", "xml")).isEqualTo(2);
    assertThat(bench("--mix", "60/50")).isEqualTo(2);
    assertThat(err.toString()).contains("--mix is '60/50', allowed: write, read, or reads/writes");
    assertThat(bench("--duration", "0s")).isEqualTo(2);
    assertThat(err.toString()).contains("--duration is 0 ms, allowed: 1 to 604800000 ms");
    assertThat(bench("--duration", "0s", "--operations", "5")).isEqualTo(2);
    environment = Map.of("RONDO_URL", "nonsense");
    assertThat(bench()).isEqualTo(2);
    assertThat(err.toString()).contains("'nonsense' is no target, allowed: http://host:port");
  }

  @Test
  void the_constant_answers_everything() {
    int port = ConstantCommand.serve(vertx, 0).actualPort();
    assertThat(bench("--url", "http://127.0.0.1:" + port, "--operations", "100")).isZero();
  }

  @Test
  void words_that_come_back_from_everywhere_are_clean() throws IOException {
    List<StubNode> nodes = cluster(4);
    assertThat(words(nodes)).as(out.toString()).isZero();
    assertThat(out.toString()).contains("6 words: 0 writes failed, 24 reads, 0 differences");
  }

  @Test
  void a_word_that_one_node_does_not_have_is_a_difference() throws IOException {
    List<StubNode> nodes = cluster(3);
    nodes.add(StubNode.alone(vertx));
    assertThat(words(nodes)).isEqualTo(1);
    assertThat(out.toString()).contains("404").doesNotContain(" 0 differences");
  }

  @Test
  void words_on_exactly_their_owners_are_in_place() throws IOException {
    List<StubNode> nodes = cluster(4);
    place(nodes);
    assertThat(words(nodes, "--check-placement", "--settle", "0s")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("0 misplaced");
  }

  @Test
  void a_missing_copy_a_surplus_one_and_an_old_one_are_misplaced() throws IOException {
    List<StubNode> nodes = cluster(4);
    place(nodes);
    owner(nodes, "alpha", 0).held.remove("alpha");
    owner(nodes, "Ångström", 3).held.put("Ångström", "7-0");
    owner(nodes, "a b", 1).held.put("a b", "6-0");
    assertThat(words(nodes, "--check-placement", "--settle", "0s")).isEqualTo(1);
    assertThat(out.toString())
        .contains("3 misplaced", "'alpha' is on", "'Ångström' is on", "'a b' has several");
  }

  private static final List<String> WORDS = List.of("alpha", "a b", "Ångström", "c/d", "e%", "f");

  private List<StubNode> cluster(int size) {
    Map<String, Buffer> values = new ConcurrentHashMap<>();
    List<StubNode> nodes = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      nodes.add(new StubNode(vertx, id, values));
    }
    return nodes;
  }

  private static void place(List<StubNode> nodes) {
    for (String word : WORDS) {
      for (int rank = 0; rank < 3; rank++) {
        owner(nodes, word, rank).held.put(word, "7-0");
      }
    }
  }

  /** The worker at this rank of the word's preference list; rank 3 owns nothing. */
  private static StubNode owner(List<StubNode> nodes, String word, int rank) {
    Ring ring = Ring.of(List.of(0, 1, 2, 3), 10);
    return nodes.get(ring.preferenceList(Key.of(word).position()).worker(rank));
  }

  private int words(List<StubNode> nodes, String... more) throws IOException {
    Path file = Files.write(folder.resolve("words"), WORDS);
    List<String> arguments = new ArrayList<>(List.of("--words", file.toString()));
    nodes.forEach(node -> arguments.addAll(List.of("--url", node.url())));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private JsonObject json(String... arguments) {
    assertThat(bench(with(arguments, "-o", "json"))).as(err.toString()).isZero();
    return new JsonObject(out.toString()).getJsonObject("result");
  }

  private int bench(String... arguments) {
    return run(List.of(with(arguments, "--warmup", "0s")));
  }

  private int run(List<String> arguments) {
    return new CommandLine(new BenchCommand(environment))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
