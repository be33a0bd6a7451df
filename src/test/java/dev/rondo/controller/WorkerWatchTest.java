package dev.rondo.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Restarting;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.NodeFolder;
import dev.rondo.config.SupervisedWorker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerWatchTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir Path data;
  private final AtomicInteger launches = new AtomicInteger();
  private final AtomicInteger readies = new AtomicInteger();
  private final List<Long> gone = new CopyOnWriteArrayList<>();
  private final List<ClusterEvent> events = new CopyOnWriteArrayList<>();
  private WorkerLauncher.Commands commands = WorkerWatchTest::standIn;
  private Vertx vertx;
  private Context context;
  private NodeConfig worker;
  private WorkerWatch watch;

  @BeforeEach
  void prepare() throws IOException {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    String members = "[{\"id\":0,\"httpPort\":" + freePort() + ",\"grpcPort\":" + freePort() + "}]";
    Map<String, String> flags = Map.of("members", members, "data", data.toString());
    var sources = new ConfigLoader.Sources(Path.of("none.json"), false, Map.of(), flags);
    worker = SupervisedWorker.of(get(new ConfigLoader(vertx).load(sources)), 0, 1);
  }

  @AfterEach
  void close() {
    if (watch != null) {
      get(onContext(watch::stop));
    }
    get(vertx.close());
  }

  @Test
  void a_worker_that_dies_is_started_again() {
    begin();
    long first = awaitHolder();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> NodeFolder.holder(worker.folder()).orElse(first) != first);
    assertThat(launches).hasValue(2);
    assertThat(gone).containsExactly(first);
  }

  @Test
  void a_worker_that_runs_already_is_adopted_and_stopped_in_the_end() throws Exception {
    Process running = new ProcessBuilder(standIn(worker, Path.of("."), false)).start();
    try {
      assertThat(running.inputReader().readLine()).startsWith("holding");
      begin();
      get(onContext(watch::stop));
      assertThat(running.onExit()).succeedsWithin(Duration.ofSeconds(10));
      assertThat(launches).hasValue(0);
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void an_adopted_worker_that_dies_is_started_again() throws Exception {
    Process running = new ProcessBuilder(standIn(worker, Path.of("."), false)).start();
    assertThat(running.inputReader().readLine()).startsWith("holding");
    begin();
    running.destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> NodeFolder.holder(worker.folder()).orElse(running.pid()) != running.pid());
    assertThat(launches).hasValue(1);
    assertThat(gone).containsExactly(running.pid());
  }

  @Test
  void a_worker_that_somebody_starts_during_a_pause_is_adopted_and_the_death_before_forgotten()
      throws Exception {
    commands = (config, file, plainly) -> List.of("false");
    begin();
    await().until(() -> kinds().contains("process_restarting"));
    Process other = new ProcessBuilder(standIn(worker, Path.of("."), false)).start();
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(kinds()).endsWith("process_adopted"));
      assertThat(other.isAlive()).isTrue();
      String pause = lastPause();
      events.clear();
      other.destroyForcibly();
      await().until(() -> kinds().contains("process_restarting"));
      assertThat(lastPause()).isEqualTo(pause);
    } finally {
      other.destroyForcibly();
    }
  }

  private String lastPause() {
    return events.stream()
        .filter(event -> event.kind().equals("process_restarting"))
        .map(ClusterEvent::text)
        .reduce("", (before, last) -> last);
  }

  @Test
  void a_worker_that_answers_again_after_a_silence_is_left_in_peace_once_more() {
    HttpServer server = serve("{\"id\":0}");
    commands = (config, file, plainly) -> List.of("false");
    begin();
    await().until(() -> kinds().contains("process_adopted"));
    get(server.close());
    await().atMost(Duration.ofSeconds(20)).until(() -> kinds().contains("process_restarting"));
    serve("{\"id\":0}");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(kinds()).endsWith("process_adopted"));
  }

  @Test
  void a_worker_with_its_data_elsewhere_is_left_in_peace() {
    serve("{\"id\":0}");
    begin();
    await().untilAsserted(() -> assertThat(readies).hasPositiveValue());
    get(onContext(watch::stop));
    assertThat(launches).hasValue(0);
  }

  @Test
  void somebody_else_at_the_workers_address_is_no_worker() {
    serve("{\"id\":1}");
    begin();
    awaitHolder();
    assertThat(launches).hasValue(1);
  }

  @Test
  void a_worker_that_serves_is_announced_once() {
    begin();
    awaitHolder();
    assertThat(readies).hasValue(0);
    serve("{}");
    await().untilAsserted(() -> assertThat(readies).hasValue(1));
  }

  @Test
  void stopping_ends_the_process_cleanly() {
    begin();
    ProcessHandle process = ProcessHandle.of(awaitHolder()).orElseThrow();
    get(onContext(watch::stop));
    assertThat(process.isAlive()).isFalse();
    assertThat(launches).hasValue(1);
  }

  @Test
  void a_worker_that_will_not_stop_is_killed() throws IOException {
    Path marker = data.resolve("stubborn");
    commands =
        (config, file, plainly) ->
            List.of(
                "sh", "-c", "trap '' TERM; echo $$ > " + marker + "; while :; do sleep 0.1; done");
    begin();
    await().until(() -> Files.exists(marker) && !Files.readString(marker).isBlank());
    long pid = Long.parseLong(Files.readString(marker).strip());
    get(onContext(watch::stop));
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_program_that_does_not_exist_is_tried_again() {
    commands = (config, file, plainly) -> List.of(data.resolve("missing").toString());
    begin();
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(launches).hasValue(2));
  }

  /** A folder in the file's place fails as a full disk does. */
  @Test
  void a_worker_is_started_again_also_where_nothing_can_be_written() throws IOException {
    begin();
    long first = awaitHolder();
    Files.createDirectories(worker.folder().resolve("node.json.new").resolve("in the way"));
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> NodeFolder.holder(worker.folder()).orElse(first) != first);
    assertThat(kinds())
        .containsExactly(
            "process_started", "process_died", "process_restarting", "process_started");
  }

  @Test
  void a_start_that_is_not_possible_is_told_once_and_no_death() {
    commands = (config, file, plainly) -> List.of(data.resolve("missing").toString());
    begin();
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(launches).hasValue(3));
    assertThat(kinds()).containsExactly("process_died");
    commands = (config, file, plainly) -> List.of("false");
    await().atMost(Duration.ofSeconds(20)).until(() -> kinds().contains("process_restarting"));
    assertThat(lastPause()).endsWith("in 1 s");
  }

  @Test
  void its_configuration_and_its_output_are_in_its_folder() throws IOException {
    Path output = Files.createDirectories(worker.folder()).resolve("worker.out");
    try (var file = new RandomAccessFile(output.toFile(), "rw")) {
      file.setLength(11 << 20);
    }
    begin();
    awaitHolder();
    await().until(() -> Files.readString(output).startsWith("holding"));
    assertThat(worker.folder().resolve("worker.out.1")).hasSize(11 << 20);
    var sources =
        new ConfigLoader.Sources(worker.folder().resolve("node.json"), true, Map.of(), Map.of());
    assertThat(get(new ConfigLoader(vertx).load(sources))).isEqualTo(worker);
  }

  @Test
  void a_restart_that_was_asked_for_does_not_wait() {
    begin();
    long first = awaitHolder();
    assertThat(restart()).isEqualTo(Restarting.Outcome.ACCEPTED);
    assertThat(restart()).isEqualTo(Restarting.Outcome.BUSY);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> NodeFolder.holder(worker.folder()).orElse(first) != first);
    assertThat(kinds()).containsExactly("process_started", "restart_requested", "process_started");
    assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void stopping_in_the_middle_of_a_restart_leaves_nobody_behind() {
    begin();
    long first = awaitHolder();
    restart();
    get(onContext(watch::stop));
    assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(launches).hasValue(1);
  }

  @Test
  void a_worker_that_waits_to_be_started_again_is_started_at_once_when_asked() {
    commands = (config, file, plainly) -> List.of("false");
    begin();
    await().until(() -> kinds().contains("process_restarting"));
    commands = WorkerWatchTest::standIn;
    assertThat(restart()).isEqualTo(Restarting.Outcome.ACCEPTED);
    awaitHolder();
    assertThat(launches).hasValue(2);
    assertThat(events.get(1).text()).contains("exit=1");
    assertThat(kinds())
        .containsExactly(
            "process_started",
            "process_died",
            "process_restarting",
            "restart_requested",
            "process_started");
  }

  @Test
  void somebody_elses_worker_is_not_restarted() {
    serve("{\"id\":0}");
    begin();
    await().untilAsserted(() -> assertThat(readies).hasPositiveValue());
    assertThat(restart()).isEqualTo(Restarting.Outcome.NOT_SUPERVISED);
    assertThat(kinds()).containsExactly("process_adopted");
  }

  private Restarting.Outcome restart() {
    return get(onContext(() -> Future.succeededFuture(watch.restart())));
  }

  private List<String> kinds() {
    return events.stream().map(ClusterEvent::kind).toList();
  }

  private void begin() {
    WorkerLauncher launcher =
        new WorkerLauncher(
            (config, file, plainly) -> {
              launches.incrementAndGet();
              return commands.of(config, file, plainly);
            });
    onContext(
            () -> {
              var processes =
                  new LocalProcesses(
                      vertx, id -> worker, launcher, HeadStart.none(), new WorkerClient(vertx));
              watch =
                  new WorkerWatch(
                      vertx,
                      0,
                      processes,
                      Duration.ofSeconds(2),
                      new WorkerEvents(0, events::add),
                      new Noted());
              watch.begin();
              return Future.succeededFuture();
            })
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private HttpServer serve(String node) {
    return get(
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end(node))
            .listen(worker.http().port(), "127.0.0.1"));
  }

  private long awaitHolder() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> NodeFolder.holder(worker.folder()).isPresent());
    return NodeFolder.holder(worker.folder()).getAsLong();
  }

  private <T> Future<T> onContext(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(now -> action.get().onComplete(promise));
    return promise.future();
  }

  private static List<String> standIn(NodeConfig config, Path file, boolean plainly) {
    return List.of(
        JAVA,
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        StandIn.class.getName(),
        config.folder().toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** Keeps what the watch tells. */
  private final class Noted implements WorkerWatch.Observer {

    @Override
    public void ready() {
      readies.incrementAndGet();
    }

    @Override
    public void gone(long pid) {
      gone.add(pid);
    }

    @Override
    public void givenUp() {}
  }
}
