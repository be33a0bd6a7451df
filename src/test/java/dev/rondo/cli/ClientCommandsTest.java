package dev.rondo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ClientCommandsTest {

  private static final String STORED =
      "{\"status\":\"success\",\"replicas\":2,\"note\":\"fully_replicated\",\"version\":\"v-1\"}";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile int status = 200;
  private String input = "";
  private int port;

  @BeforeEach
  void start() throws TimeoutException {
    port =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void status_shows_the_cluster() throws IOException {
    answers.put("/cluster", Files.readString(Path.of("src/test/resources/cluster-update.json")));
    assertThat(run("status")).isZero();
    assertThat(out.toString())
        .contains("cluster rondo, epoch 7, N=3 W=2 R=2, a change is under way")
        .containsPattern("(?m)^1 +OFFLINE +http://127.0.0.1:5002 +24.9 % +0 +0 +0 +-$")
        .contains("rebalance of worker 0: 512 of 4096 ranges, 80.0/s");
    assertThat(run("status", "-o", "json")).isZero();
    assertThat(out.toString()).contains("\"epoch\" : 7");
  }

  @Test
  void of_work_without_a_known_end_status_shows_what_is_done() throws IOException {
    Path file = Path.of("src/test/resources/cluster-update.json");
    JsonObject cluster = new JsonObject(Files.readString(file));
    cluster.getJsonArray("work").getJsonObject(1).put("total", 0);
    answers.put("/cluster", cluster.encode());
    assertThat(run("status")).isZero();
    assertThat(out.toString()).contains("rebalance of worker 0: 512 ranges, 80.0/s");
  }

  @Test
  void get_writes_the_bytes_and_nothing_else() {
    answers.put("/kv/a%2520b/%C3%A4?r=1", "value\n");
    assertThat(run("get", "a%20b/ä", "--r", "1")).isZero();
    assertThat(bytes.toString(UTF_8)).isEqualTo("value\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void put_takes_its_value_from_the_line_the_input_or_a_file(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("v"), "from a file");
    input = "from the input";
    answers.put("/kv/k", STORED);
    answers.put("/kv/k?w=3", STORED);
    run("put", "k", "from the line", "--w", "3");
    run("put", "k");
    run("put", "k", "-");
    run("put", "k", "@" + file);
    assertThat(requests)
        .containsExactly(
            "PUT /kv/k?w=3 from the line",
            "PUT /kv/k from the input",
            "PUT /kv/k from the input",
            "PUT /kv/k from a file");
    assertThat(out.toString()).contains("success version=v-1 replicas=2 fully_replicated");
  }

  @Test
  void del_deletes() {
    answers.put("/kv/k", STORED);
    assertThat(run("del", "k")).isZero();
    assertThat(requests).containsExactly("DELETE /kv/k ");
  }

  @Test
  void ring_and_locate_show_who_has_what() {
    answers.put(
        "/ring",
        "{\"epoch\":7,\"vnodes\":10,\"replicationFactor\":3,\"members\":[{\"id\":0,\"share\":0.2475}]}");
    answers.put(
        "/ring/keys/alpha",
        "{\"position\":739722147,\"owners\":[{\"id\":0,\"status\":\"ONLINE\",\"version\":null}],\"standIns\":[]}");
    assertThat(run("ring")).isZero();
    assertThat(run("locate", "alpha")).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^0 +24.[78] %$")
        .containsPattern("(?m)^owner +0 +ONLINE +-$");
  }

  @Test
  void config_is_shown_and_changed() {
    answers.put(
        "/cluster/config",
        "{\"epoch\":8,\"config\":{\"replicationFactor\":3,\"writeQuorum\":2,\"readQuorum\":2,\"former\":null}}");
    assertThat(run("config", "get")).isZero();
    assertThat(run("config", "set", "n=3", "w=2", "--epoch", "7")).isZero();
    assertThat(requests.get(1))
        .isEqualTo("PATCH /cluster/config {\"replicationFactor\":3,\"writeQuorum\":2}");
    assertThat(out.toString()).contains("epoch 8: n=3 w=2 r=2");
  }

  @Test
  void restart_asks_for_one() {
    answers.put("/cluster/workers/2/restart", "{\"status\":\"restarting\",\"worker\":2}");
    assertThat(run("restart", "2")).isZero();
    assertThat(requests).containsExactly("POST /cluster/workers/2/restart {}");
  }

  @Test
  void redeploy_replaces_a_verticle_with_other_settings_and_tells_how_far_it_is() {
    answers.put("/cluster/verticles/router/redeploy", rollout("running", "running"));
    answers.put("/cluster/verticles", rollout("succeeded", "succeeded"));
    assertThat(run("redeploy", "router", "--set", "timeouts.hedgeMillis=30")).isZero();
    assertThat(requests)
        .startsWith(
            "POST /cluster/verticles/router/redeploy"
                + " {\"config\":{\"timeouts\":{\"hedgeMillis\":30}}}");
    assertThat(out.toString()).isEqualTo("Worker 2: running\nWorker 2: succeeded\n");
  }

  @Test
  void a_rollout_that_stops_says_why_and_what_next() {
    answers.put("/cluster/verticles/api/rollback", rollout("stopped", "failed"));
    assertThat(run("rollback", "api")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("rondo: stopped at Worker 2: no room; `rondo rollback api` goes back\n");
  }

  private static String rollout(String status, String ofWorker) {
    JsonObject worker = new JsonObject().put("id", 2).put("status", ofWorker);
    if (ofWorker.equals("failed")) {
      worker.put("reason", "no room");
    }
    JsonObject rollout =
        new JsonObject()
            .put("id", "7")
            .put("status", status)
            .put("worker", 2)
            .put("rollbackOffered", true)
            .put("workers", new io.vertx.core.json.JsonArray().add(worker));
    return new JsonObject().put("rollout", rollout).encode();
  }

  @Test
  void repair_is_ordered_and_waited_for() {
    answers.put("/cluster/events?limit=1", page(4, "before"));
    answers.put("/cluster/repair?worker=2", "{\"order\":77,\"workers\":[2]}");
    answers.put("/cluster", "{\"workers\":[{\"id\":2,\"status\":\"ONLINE\"}]}");
    answers.put("/cluster/events?limit=1000&since=4", events(finished(5, 2, "repair 7, no")));
    answers.put("/cluster/events?limit=1000&since=5", events(finished(6, 2, "repair 77, yes")));
    assertThat(run("repair", "--worker", "2", "--wait")).isZero();
    assertThat(requests).contains("POST /cluster/repair?worker=2 {}");
    assertThat(out.toString()).contains("Workers 2 compare").endsWith("repair 77, yes\n");
  }

  @Test
  void nobody_waits_for_a_worker_that_has_died() {
    answers.put("/cluster/events?limit=1", page(4));
    answers.put("/cluster/repair", "{\"order\":77,\"workers\":[1,2]}");
    answers.put("/cluster", "{\"workers\":[{\"id\":2,\"status\":\"OFFLINE\"}]}");
    answers.put("/cluster/events?limit=1000&since=4", page(4));
    assertThat(run("repair", "--wait")).isEqualTo(5);
    assertThat(err.toString()).contains("Worker 2 is OFFLINE");
  }

  @Test
  void nobody_waits_for_a_worker_that_refuses_the_order() {
    answers.put("/cluster/events?limit=1", page(4));
    answers.put("/cluster/repair", "{\"order\":77,\"workers\":[2]}");
    answers.put("/cluster", "{\"workers\":[{\"id\":2,\"status\":\"ONLINE\"}]}");
    String refusal =
        finished(5, 2, "refuses repair 77, as others wait").replace("finished", "refused");
    answers.put("/cluster/events?limit=1000&since=4", events(refusal));
    assertThat(run("repair", "--wait")).isEqualTo(5);
    assertThat(err.toString()).contains("refuses repair 77, as others wait");
  }

  @Test
  void nobody_waits_for_ever_for_a_worker_that_shows_no_work() throws InterruptedException {
    String row = "{\"workers\":[{\"id\":2,\"status\":\"ONLINE\"}],\"work\":[%s]}";
    answers.put("/cluster/events?limit=1", page(4));
    answers.put("/cluster/repair", "{\"order\":77,\"workers\":[2]}");
    answers.put("/cluster", row.formatted("{\"kind\":\"anti-entropy\",\"worker\":2}"));
    answers.put("/cluster/events?limit=1000&since=4", page(4));
    AtomicInteger exit = new AtomicInteger(-1);
    Thread waiter = new Thread(() -> exit.set(run("repair", "--wait", "--silence-millis", "1000")));
    waiter.start();
    waiter.join(2_500);
    assertThat(waiter.isAlive()).as("while it works").isTrue();
    answers.put("/cluster", row.formatted("{\"kind\":\"hints\",\"worker\":2}"));
    waiter.join(10_000);
    assertThat(exit).hasValue(6);
    assertThat(err.toString()).contains("Worker 2 shows no work on it for 1 s");
  }

  private static String finished(long seq, int worker, String text) {
    return "{\"seq\":%d,\"kind\":\"repair_finished\",\"worker\":%d,\"text\":\"%s\"}"
        .formatted(seq, worker, text);
  }

  private static String events(String one) {
    return "{\"events\":[" + one + "],\"oldest\":1,\"newest\":9}";
  }

  @Test
  void events_are_followed_from_the_last_one_on() throws InterruptedException {
    answers.put("/cluster/events?limit=50", page(4, "one"));
    answers.put("/cluster/events?limit=1000&since=4", page(5, "two"));
    answers.put("/cluster/events?limit=1000&since=5", page(5));
    Thread follower = new Thread(() -> run("events", "--follow"));
    follower.start();
    await().until(() -> out.toString().contains("two"));
    follower.interrupt();
    follower.join(5000);
    assertThat(follower.isAlive()).isFalse();
    assertThat(out.toString().lines()).hasSize(2).first().asString().contains("INFO  kind: one");
  }

  @ParameterizedTest
  @CsvSource({"404, 3", "409, 4", "412, 4", "503, 5", "504, 6", "422, 1", "400, 1", "500, 1"})
  void the_exit_code_says_what_kind_of_no_it_is(int answered, int exit) {
    status = answered;
    answers.put("/kv/k", "{\"detail\":\"Because\",\"code\":\"the_code\"}");
    assertThat(run("get", "k")).isEqualTo(exit);
    assertThat(err.toString()).isEqualTo("rondo: Because (the_code)" + System.lineSeparator());
  }

  @Test
  void what_may_have_been_done_is_never_told_as_not_done() {
    status = 503;
    answers.put("/kv/k", "{\"detail\":\"Few\",\"code\":\"no_majority\",\"mayApply\":true}");
    assertThat(run("get", "k")).isEqualTo(6);
  }

  @Test
  void a_node_that_is_not_there_is_unavailable() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(run("put", "k", "v")).isEqualTo(5);
    assertThat(err.toString()).contains("does not answer").hasLineCount(1);
  }

  @Test
  void a_node_that_takes_no_connection_is_unavailable_too() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, here)) {
      port = full.getLocalPort();
      while (connects(waiting)) {
        assertThat(waiting).hasSizeLessThan(100);
      }
      assertThat(run("put", "k", "v")).isEqualTo(5);
      assertThat(err.toString()).contains("does not answer").hasLineCount(1);
    } finally {
      for (Socket one : waiting) {
        one.close();
      }
    }
  }

  private boolean connects(List<Socket> sockets) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (SocketTimeoutException nobodyTakesIt) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"export %s/no/file", "export %s", "import %s", "put k @%s"})
  void a_file_that_is_none_is_one_line_and_one(String line, @TempDir Path folder) {
    assertThat(run(line.formatted(folder).split(" "))).isEqualTo(1);
    assertThat(err.toString()).startsWith("rondo: " + folder).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get k", "export", "status", "ls"})
  void an_output_that_is_full_is_one_line_and_one(String line) throws IOException {
    answers.put("/kv/k", "value");
    answers.put(
        "/kv?limit=1000&values=true",
        "{\"items\":[{\"key\":\"k\",\"size\":1,\"value\":\"AA==\"}],\"next\":null}");
    answers.put("/kv?limit=1000&values=false", "{\"items\":[{\"key\":\"k\"}],\"next\":null}");
    answers.put("/cluster", Files.readString(Path.of("src/test/resources/cluster-update.json")));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(run(full, new PrintWriter(full, false, UTF_8), line.split(" "))).isEqualTo(1);
    assertThat(err.toString()).startsWith("rondo: ").hasLineCount(1);
  }

  @Test
  void what_is_no_node_is_one_line_and_one() {
    answers.put("/cluster", "<html>hello</html>");
    assertThat(run("status")).isEqualTo(1);
    status = 301;
    assertThat(run("status")).isEqualTo(1);
    assertThat(err.toString()).contains("no answer in JSON", "status 301").hasLineCount(2);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config",
        "config set",
        "config set n=x",
        "config set q=3",
        "put",
        "restart x",
        "redeploy Router",
        "redeploy router --set hedge=1",
        "redeploy router --set timeouts.hedge=1",
        "redeploy router --worker -1",
        "rollback router --worker=-1",
        "events --limit 0",
        "events --limit 1001",
        "get k --r 0",
        "put k v --w 0",
        "del k --w 0",
        "config set n=3 --epoch=-1",
        "repair --worker=-1",
        "put k @/nowhere/at/all",
        "get k --url nonsense",
        "status -o xml",
        "completion fish"
      })
  void what_makes_no_sense_is_one_line_and_two(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("rondo: ").hasLineCount(1);
    assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get a b                | one argument too many: 'b'; usage: rondo get [OPTIONS] KEY",
        "put a b c              | one argument too many: 'c'; usage: rondo put [OPTIONS] KEY [VALUE]",
        "config get x           | one argument too many: 'x'; usage: rondo config get [OPTIONS]",
        "status now             | one argument too many: 'now'; usage: rondo status [OPTIONS]",
        "redeploy api --set x   | --set is 'x', allowed: NAME=VALUE, such as timeouts.hedgeMillis=30",
        "redeploy api --set =3  | --set is '=3', allowed: NAME=VALUE, such as timeouts.hedgeMillis=30",
        "events --limit 0       | --limit is 0, allowed: 1 to 1000",
        "get k --r 0            | --r is 0, allowed: 1 or more",
      })
  void what_is_wrong_is_named_with_what_is_allowed(String line, String message) {
    assertThat(run(line.split(" +"))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("rondo: " + message + System.lineSeparator());
    assertThat(requests).isEmpty();
  }

  @Test
  void a_setting_that_no_verticle_has_is_refused_before_a_node_is_asked() {
    assertThat(run("redeploy", "router", "--set", "nonsense.x=3")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("rondo: there is no setting nonsense.x; for one verticle can be changed: ")
        .contains("timeouts");
    assertThat(requests).isEmpty();
  }

  @Test
  void a_key_that_no_node_takes_is_wrong_usage() {
    assertThat(run("get", "")).isEqualTo(2);
    assertThat(run("put", "k".repeat(1025), "v")).isEqualTo(2);
    assertThat(err.toString()).contains("0 bytes, allowed: 1 to 1024", "1025 bytes, allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help            | Usage: rondo [-hV]",
        "help get        | Usage: rondo get [-hV]",
        "help config set | Usage: rondo config set [-hV]",
        "help put        | KEY [VALUE]",
        "help export     | --url=URL] [FILE]",
        "help import     | [FILE]",
        "help config     | Usage: rondo config [-hV] get|set",
      })
  void help_shows_what_there_is(String line, String shown) {
    assertThat(help(line)).isZero();
    assertThat(out.toString()).contains(shown);
  }

  @Test
  void help_for_what_does_not_exist_is_wrong_usage() {
    assertThat(help("help gett")).isEqualTo(2);
    assertThat(help("help get k")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "rondo: unknown command gett; did you mean get?%nrondo: get has no commands of its own%n"
                .formatted());
  }

  private int help(String line) {
    return execute(bytes, new PrintWriter(out), List.of(line.split(" ")));
  }

  @Test
  void completion_is_a_script_that_knows_the_commands() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out.toString()).contains("complete -F _complete_rondo").contains("locate");
  }

  private int run(String... line) {
    return run(bytes, new PrintWriter(out), line);
  }

  private int run(OutputStream values, PrintWriter texts, String... line) {
    List<String> arguments = new ArrayList<>(List.of(line));
    if (!arguments.contains("--url") && !arguments.get(0).equals("completion")) {
      int at = arguments.get(0).equals("config") && arguments.size() > 1 ? 2 : 1;
      if (!line[0].equals("config") || line.length > 1) {
        arguments.addAll(at, List.of("--url", "http://127.0.0.1:" + port));
      }
    }
    return execute(values, texts, arguments);
  }

  private int execute(OutputStream values, PrintWriter texts, List<String> arguments) {
    CommandLine commands =
        CommandLines.of(
            config -> 0,
            Map.of(),
            ClientCommands.all(new ByteArrayInputStream(input.getBytes(UTF_8)), values));
    commands.setOut(texts).setErr(new PrintWriter(err));
    return commands.execute(arguments.toArray(String[]::new));
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              requests.add(request.method() + " " + request.uri() + " " + body);
              String answer = answers.get(request.uri());
              request
                  .response()
                  .setStatusCode(answer == null ? 404 : status)
                  .end(answer == null ? "{}" : answer);
            });
  }

  private static String page(long newest, String... texts) {
    JsonObject page = new JsonObject().put("newest", newest).put("oldest", 1);
    var events = new io.vertx.core.json.JsonArray();
    for (String text : texts) {
      events.add(
          new JsonObject()
              .put("seq", newest)
              .put("at", "2026-11-22T18:59:40.000Z")
              .put("level", "INFO")
              .put("kind", "kind")
              .put("text", text));
    }
    return page.put("events", events).encode();
  }
}
