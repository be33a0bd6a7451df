package dev.rondo.cluster;

import static org.awaitility.Awaitility.await;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Ring;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** A controller that is started as users do, and the four workers that it starts itself. */
final class ControlledCluster
    implements Nodes, BeforeAllCallback, BeforeEachCallback, AfterAllCallback, TestWatcher {

  static final int WORKERS = 4;

  private static final int VNODES = 10;
  private static final long NOBODY = -1;

  private final List<Integer> http = FreePorts.next(WORKERS + 1);
  private final List<Integer> grpc = FreePorts.next(WORKERS + 1);
  private final int membership = FreePorts.row(WORKERS + 1);
  private final Ring ring = Ring.of(ids(), VNODES);
  private final Thread undertaker = new Thread(this::killAll);
  private @Nullable Path data;
  private @Nullable WorkerProcess controller;

  @Override
  public List<Integer> ids() {
    return IntStream.range(0, WORKERS).boxed().toList();
  }

  @Override
  public String url(int worker) {
    return "http://127.0.0.1:" + http.get(1 + worker);
  }

  String controllerUrl() {
    return "http://127.0.0.1:" + http.get(0);
  }

  /** Where clients may ask: the controller and every worker. */
  List<String> urls() {
    return Stream.concat(Stream.of(controllerUrl()), ids().stream().map(this::url)).toList();
  }

  KvClient controllerClient() {
    return new KvClient(controllerUrl());
  }

  int controllerPort() {
    return http.get(0);
  }

  int grpcPort(int worker) {
    return grpc.get(1 + worker);
  }

  /** The name that all nodes share. */
  String name() {
    return "it-" + membership;
  }

  WorkerProcess controller() {
    return Objects.requireNonNull(controller, "not started");
  }

  /** The controller's. */
  Path folder() {
    return data().resolve("controller");
  }

  Path folder(int worker) {
    return data().resolve("worker-" + worker);
  }

  /** Where other code may be. */
  Path jars() {
    return data().resolve("jars");
  }

  @Override
  public int copies() {
    return state().getJsonObject("config").getInteger("replicationFactor");
  }

  @Override
  public Set<Integer> owners(String key, int copies) {
    return new TreeSet<>(ring.preferenceList(Key.of(key).position()).owners(copies));
  }

  /** What the controller says of the cluster. */
  JsonObject state() {
    return controllerClient().get("/cluster").json();
  }

  JsonObject worker(int id) {
    JsonArray workers = state().getJsonArray("workers");
    return IntStream.range(0, workers.size())
        .mapToObj(workers::getJsonObject)
        .filter(worker -> worker.getInteger("id") == id)
        .findFirst()
        .orElseThrow();
  }

  String status(int worker) {
    return worker(worker).getString("status");
  }

  /** The worker's process, as its folder says; NOBODY while it starts. */
  long pid(int worker) {
    try {
      String pid = Files.readString(folder(worker).resolve("pid")).trim();
      return pid.isEmpty() ? NOBODY : Long.parseLong(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Long> pids() {
    return ids().stream().map(this::pid).toList();
  }

  void kill9(int worker) {
    signal(pid(worker), "KILL");
  }

  /** Every process at the same moment, as far as that exists. */
  void killAll() {
    if (controller != null) {
      controller.kill9();
    }
    workerProcesses().forEach(ProcessHandle::destroyForcibly);
    await().atMost(Cluster.PATIENCE).until(() -> workerProcesses().isEmpty());
  }

  /** The processes of workers that live, whoever has started them. */
  List<ProcessHandle> workerProcesses() {
    String own = data().toString();
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(own + "/worker-"))
        .toList();
  }

  static void signal(long pid, String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitStatus(int worker, String status) {
    await("worker " + worker + " is " + status)
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(UncheckedIOException.class)
        .until(() -> status.equals(status(worker)));
  }

  /** Waits until the worker has another process than the one that was killed. */
  void awaitReborn(int worker, long killed) {
    await("worker " + worker + " is started again")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(UncheckedIOException.class)
        .until(
            () ->
                pid(worker) != NOBODY
                    && pid(worker) != killed
                    && !"OFFLINE".equals(status(worker)));
  }

  void awaitAllOnline() {
    ids().forEach(worker -> awaitStatus(worker, "ONLINE"));
  }

  /** Waits until no change of the configuration is under way, and nothing else. */
  void awaitSettled() {
    await("the cluster is settled")
        .atMost(Cluster.PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> {
              JsonObject state = state();
              return state.getJsonObject("config").getValue("former") == null
                  && state.getJsonArray("work").isEmpty();
            });
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Runtime.getRuntime().addShutdownHook(undertaker);
    Path root = Files.createDirectories(Path.of("target", "it")).toAbsolutePath();
    data = Files.createTempDirectory(root, "controlled-");
    Path logs = Files.createDirectories(root.resolve(context.getDisplayName()));
    Path file = logs.resolve("controller.json");
    Files.writeString(file, configuration().encodePrettily());
    Path log = logs.resolve("controller.log");
    Files.deleteIfExists(log);
    controller = new WorkerProcess(-1, List.of("--conf", file.toString()), log);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (controller().isAlive()) {
      controller().signal("CONT");
    }
    controller().start();
    awaitAllOnline();
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    System.out.println(controller().lastWords());
    for (int worker : ids()) {
      System.out.println(
          new WorkerProcess(worker, List.of(), folder(worker).resolve("worker.log")).lastWords());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    killAll();
    Runtime.getRuntime().removeShutdownHook(undertaker);
  }

  private Path data() {
    return Objects.requireNonNull(data, "the cluster was not started");
  }

  private JsonObject configuration() {
    JsonArray members = new JsonArray();
    JsonArray seeds = new JsonArray().add("127.0.0.1:" + membership);
    for (int id : ids()) {
      seeds.add("127.0.0.1:" + (membership + 1 + id));
      members.add(
          new JsonObject()
              .put("id", id)
              .put("host", "127.0.0.1")
              .put("httpPort", http.get(1 + id))
              .put("grpcPort", grpc.get(1 + id)));
    }
    List<String> javaOptions = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    return new JsonObject()
        .put("role", "controller")
        .put("cluster", name())
        .put("data", data().toString())
        .put("http", new JsonObject().put("port", http.get(0)))
        .put("grpc", new JsonObject().put("port", grpc.get(0)))
        .put("membership", new JsonObject().put("port", membership).put("seeds", seeds))
        .put("members", members)
        .put("ring", new JsonObject().put("vnodes", VNODES))
        .put("storage", new JsonObject().put("reserveBytes", 1 << 20))
        .put(
            "supervisor",
            new JsonObject()
                .put("workers", WORKERS)
                .put("javaOptions", new JsonArray(javaOptions)));
  }
}
