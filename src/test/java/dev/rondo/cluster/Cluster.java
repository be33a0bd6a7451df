package dev.rondo.cluster;

import static org.awaitility.Awaitility.await;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.Ring;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Workers in processes of their own, for all tests of a class; between two tests everyone is
 * brought back. When a test fails, the ends of their logs are printed.
 */
final class Cluster
    implements Nodes, BeforeAllCallback, BeforeEachCallback, AfterAllCallback, TestWatcher {

  static final int VNODES = 10;

  /** Generous: it only has to tell slow from never. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private record Ports(int http, int grpc, int membership) {}

  private final List<Ports> ports;
  private final Map<Integer, Duration> slowed = new HashMap<>();
  private final Map<Integer, Integer> linkPorts = new HashMap<>();
  private final List<SlowLink> links = new ArrayList<>();
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final JsonObject settings = new JsonObject();
  private final Thread undertaker = new Thread(() -> workers.forEach(WorkerProcess::kill9));
  private final Ring ring;
  private Supplier<Path> dataRoot = Cluster::newFolder;
  private @Nullable Path data;
  private boolean failed;

  private Cluster(int size) {
    this.ports =
        Stream.generate(() -> new Ports(FreePorts.next(), FreePorts.next(), FreePorts.next()))
            .limit(size)
            .toList();
    this.ring = Ring.of(ids(), VNODES);
    int copies = Math.min(3, size);
    set("cluster", "it-" + ports.get(0).membership());
    set("http.instances", 1);
    set("ring.vnodes", VNODES);
    set("ring.replicationFactor", copies);
    set("ring.writeQuorum", copies / 2 + 1);
    set("ring.readQuorum", copies / 2 + 1);
    set("storage.reserveBytes", 1 << 20);
  }

  static Cluster of(int size) {
    return new Cluster(size);
  }

  /** Changes a setting, by its dotted key, for every worker. */
  Cluster set(String key, Object value) {
    JsonObject group = settings;
    String[] names = key.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (!group.containsKey(names[i])) {
        group.put(names[i], new JsonObject());
      }
      group = group.getJsonObject(names[i]);
    }
    group.put(names[names.length - 1], value);
    return this;
  }

  /** Lets everything that peers say to this worker, and its answers, arrive so much later. */
  Cluster slow(int worker, Duration delay) {
    slowed.put(worker, delay);
    return this;
  }

  /** Keeps all data under a folder that exists only later. */
  Cluster dataIn(Supplier<Path> folder) {
    dataRoot = folder;
    return this;
  }

  int size() {
    return ports.size();
  }

  @Override
  public List<Integer> ids() {
    return IntStream.range(0, ports.size()).boxed().toList();
  }

  @Override
  public String url(int worker) {
    return "http://127.0.0.1:" + httpPort(worker);
  }

  int httpPort(int worker) {
    return ports.get(worker).http();
  }

  /** The folder of one worker. */
  Path folder(int worker) {
    return data().resolve("worker-" + worker);
  }

  PreferenceList preferenceList(String key) {
    return ring.preferenceList(Key.of(key).position());
  }

  @Override
  public int copies() {
    return Math.min(3, size());
  }

  @Override
  public Set<Integer> owners(String key, int copies) {
    return new TreeSet<>(preferenceList(key).owners(copies));
  }

  /** The prefix with the first number behind it that makes the preference list as wanted. */
  String key(String prefix, Predicate<PreferenceList> wanted) {
    return Stream.iterate(0, i -> i + 1)
        .limit(100_000)
        .map(i -> prefix + i)
        .filter(key -> wanted.test(preferenceList(key)))
        .findFirst()
        .orElseThrow();
  }

  void kill9(int worker) {
    workers.get(worker).kill9();
  }

  /** All at the same moment, as far as that exists. */
  void kill9All() {
    workers.forEach(worker -> worker.signal("KILL"));
    workers.forEach(WorkerProcess::kill9);
  }

  void stop(int worker) {
    workers.get(worker).signal("STOP");
  }

  void cont(int worker) {
    workers.get(worker).signal("CONT");
  }

  void terminate(int worker) {
    workers.get(worker).terminate();
  }

  /** Starts it when it is not running, and does not wait. */
  void start(int worker) {
    workers.get(worker).start();
  }

  /** Ends it in an orderly way if it runs, starts it, and waits until it is as good as before. */
  void restart(int worker) {
    terminate(worker);
    start(worker);
    awaitOnline(worker);
  }

  /** Deletes everything that a worker, which must not be running, has stored. */
  void wipe(int worker) {
    if (workers.get(worker).isAlive()) {
      throw new IllegalStateException("worker " + worker + " is still running");
    }
    delete(folder(worker));
  }

  /** Waits until the worker has all of its data and sees all of its peers. */
  void awaitOnline(int worker) {
    await("worker " + worker + " is online")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> isOnline(worker));
  }

  void awaitAllOnline() {
    ids().forEach(this::awaitOnline);
  }

  /** What the worker says about itself. */
  JsonObject node(int worker) {
    return client(worker).get("/node").json();
  }

  /** Whom the worker holds for unreachable. */
  Set<Integer> unreachable(int worker) {
    JsonArray list = node(worker).getJsonArray("unreachable", new JsonArray());
    Set<Integer> unreachable = new TreeSet<>();
    list.forEach(id -> unreachable.add((Integer) id));
    return unreachable;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Runtime.getRuntime().addShutdownHook(undertaker);
    data = Files.createDirectories(dataRoot.get()).toAbsolutePath();
    Path logs = Files.createDirectories(Path.of("target", "it", context.getDisplayName()));
    for (int worker : ids()) {
      Path file = logs.resolve("worker-" + worker + ".json");
      Files.writeString(file, configuration(worker).encodePrettily());
      Path log = logs.resolve("worker-" + worker + ".log");
      Files.deleteIfExists(log);
      workers.add(
          new WorkerProcess(worker, List.of("--conf", file.toAbsolutePath().toString()), log));
    }
    slowed.keySet().forEach(this::link);
    everybody(this::start);
  }

  /** Brings everyone back: a test may leave workers stopped or dead. */
  @Override
  public void beforeEach(ExtensionContext context) {
    everybody(
        worker -> {
          if (workers.get(worker).isAlive()) {
            cont(worker);
          } else {
            start(worker);
          }
        });
    awaitAllOnline();
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    failed = true;
    printLogs();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    workers.forEach(WorkerProcess::kill9);
    links.forEach(SlowLink::close);
    Runtime.getRuntime().removeShutdownHook(undertaker);
    if (!failed && data != null) {
      delete(data);
    }
  }

  private Path data() {
    return Objects.requireNonNull(data, "the cluster was not started");
  }

  private void everybody(IntConsumer action) {
    ids().forEach(action::accept);
  }

  private boolean isOnline(int worker) {
    if (!workers.get(worker).isAlive()) {
      throw new IllegalStateException("worker " + worker + " has ended");
    }
    try {
      return client(worker).isOk("/health/ready")
          && "ONLINE".equals(node(worker).getString("status"))
          && unreachable(worker).isEmpty();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private void link(int worker) {
    links.add(new SlowLink(linkPort(worker), ports.get(worker).grpc(), slowed.get(worker)));
  }

  /** Where peers meet a slowed worker. */
  private int linkPort(int worker) {
    return linkPorts.computeIfAbsent(worker, none -> FreePorts.next());
  }

  private JsonObject configuration(int worker) {
    Ports own = ports.get(worker);
    JsonArray seeds = new JsonArray();
    JsonArray members = new JsonArray();
    for (int id : ids()) {
      boolean detour = id != worker && slowed.containsKey(id);
      seeds.add("127.0.0.1:" + ports.get(id).membership());
      members.add(
          new JsonObject()
              .put("id", id)
              .put("host", "127.0.0.1")
              .put("httpPort", ports.get(id).http())
              .put("grpcPort", detour ? linkPort(id) : ports.get(id).grpc()));
    }
    return new JsonObject()
        .put("controller", new JsonObject().put("grpcPort", 0))
        .mergeIn(settings, true)
        .mergeIn(
            new JsonObject()
                .put("role", "worker")
                .put("id", worker)
                .put("host", "127.0.0.1")
                .put("data", data().toString())
                .put("http", new JsonObject().put("port", own.http()))
                .put("grpc", new JsonObject().put("port", own.grpc()))
                .put(
                    "membership",
                    new JsonObject().put("port", own.membership()).put("seeds", seeds))
                .put("members", members),
            true);
  }

  private void printLogs() {
    workers.forEach(worker -> System.out.println(worker.lastWords()));
  }

  private static Path newFolder() {
    try {
      Path root = Files.createDirectories(Path.of("target", "it"));
      return Files.createTempDirectory(root, "data-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!folder.isAbsolute() || !folder.startsWith(Path.of("target", "it").toAbsolutePath())) {
      throw new IllegalArgumentException(folder + " is not a folder of a test");
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
