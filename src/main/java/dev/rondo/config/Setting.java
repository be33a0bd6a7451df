package dev.rondo.config;

import static dev.rondo.config.Kind.ADDRESSES;
import static dev.rondo.config.Kind.INTEGER;
import static dev.rondo.config.Kind.LONG;
import static dev.rondo.config.Kind.OPTIONS;
import static dev.rondo.config.Kind.TEXT;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every setting there is. A key {@code http.port} stands nested in the file, is {@code --http.port}
 * as a flag and {@code RONDO_HTTP_PORT} in the environment; the constant's name follows from it.
 */
public enum Setting {
  ROLE("role", Kind.ROLE, "controller", "what this node is"),
  ID("id", INTEGER, "0", "which worker this is"),
  CLUSTER("cluster", TEXT, "rondo", "the name that all nodes of the cluster share"),
  HOST("host", TEXT, "127.0.0.1", "where all ports listen and other nodes find this one"),
  DATA("data", TEXT, "data", "the folder for everything that is kept"),
  HTTP_PORT("http.port", INTEGER, derived("5000, worker i: 5001+i"), "port of the REST interface"),
  HTTP_INSTANCES("http.instances", INTEGER, "0", "event loops; 0 for one a core"),
  HTTP_CONNECTIONS_MAX("http.connectionsMax", INTEGER, "4096", "client connections at most"),
  HTTP_IDLE_SECONDS("http.idleSeconds", INTEGER, "120", "a silent connection is closed then"),
  HTTP_CORS_ORIGIN(
      "http.corsOrigin", TEXT, derived("the controller's"), "who may call from a browser"),
  LIMITS_VALUE_BYTES_MAX("limits.valueBytesMax", INTEGER, "1048576", "the largest value"),
  GRPC_PORT("grpc.port", INTEGER, derived("6000, worker i: 6001+i"), "port for other nodes"),
  GRPC_QUEUE_MAX("grpc.queueMax", INTEGER, "8192", "unanswered requests to one peer at most"),
  CONTROLLER_HOST(
      "controller.host", TEXT, derived("this node's host"), "where a worker finds its controller"),
  CONTROLLER_GRPC_PORT(
      "controller.grpcPort", INTEGER, derived("6000"), "its gRPC port; 0 for no controller"),
  MEMBERSHIP_PORT(
      "membership.port", INTEGER, derived("5700, worker i: 5701+i"), "port of the membership"),
  MEMBERSHIP_SEEDS(
      "membership.seeds", ADDRESSES, derived("all nodes"), "membership ports of other nodes"),
  RING_VNODES("ring.vnodes", INTEGER, "10", "virtual nodes a worker"),
  RING_REPLICATION_FACTOR(
      "ring.replicationFactor", INTEGER, derived("3, or the members if fewer"), "copies of a key"),
  RING_WRITE_QUORUM(
      "ring.writeQuorum", INTEGER, derived("the majority: 2 of 3"), "copies a write waits for"),
  RING_READ_QUORUM(
      "ring.readQuorum", INTEGER, derived("the majority: 2 of 3"), "answers a read waits for"),
  MEMBERS("members", Kind.MEMBERS, derived("as supervisor.workers"), "all workers, as JSON"),
  STORAGE_DURABILITY(
      "storage.durability", Kind.DURABILITY, "sync", "fsync before the answer, or at intervals"),
  STORAGE_SYNC_MILLIS("storage.syncMillis", INTEGER, "100", "between fsyncs with interval"),
  STORAGE_RESERVE_BYTES(
      "storage.reserveBytes", LONG, "268435456", "free space below which writes are refused"),
  STORAGE_WRITE_QUEUE_MAX("storage.writeQueueMax", INTEGER, "16384", "entries that wait at most"),
  STORAGE_READ_QUEUE_MAX("storage.readQueueMax", INTEGER, "16384", "look-ups that wait at most"),
  STORAGE_READ_THREADS("storage.readThreads", INTEGER, "2", "threads that look up"),
  STORAGE_CACHE_BYTES("storage.cacheBytes", LONG, "67108864", "block cache of the engine"),
  STORAGE_RECORD_CACHE_BYTES(
      "storage.recordCacheBytes", LONG, "33554432", "records in memory for reads; 0 for none"),
  STORAGE_SCRUB_INTERVAL_SECONDS(
      "storage.scrubIntervalSeconds", INTEGER, "3600", "between verifications; 0 for none"),
  STORAGE_SCRUB_BYTES_PER_SECOND(
      "storage.scrubBytesPerSecond", LONG, "4194304", "read for it, a record 1 KiB at least"),
  HINTS_WINDOW_SECONDS("hints.windowSeconds", INTEGER, "10800", "how long a hint is kept"),
  HINTS_BYTES_MAX("hints.bytesMax", LONG, "1073741824", "all hints together"),
  REPAIR_BYTES_PER_SECOND(
      "repair.bytesPerSecond", LONG, "16777216", "records fetched and sent to make copies equal"),
  REPAIR_INTERVAL_SECONDS(
      "repair.intervalSeconds", INTEGER, "600", "until copies are compared with a peer's again"),
  REPAIR_EXCHANGES_MAX(
      "repair.exchangesMax", INTEGER, "8", "peers' comparisons that are answered at a time"),
  REPAIR_CHECK_SECONDS(
      "repair.checkSeconds", INTEGER, "21600", "until Merkle trees are compared with the index"),
  CLOCK_MAX_DRIFT_MILLIS(
      "clock.maxDriftMillis", INTEGER, "500", "tolerance between the workers' clocks"),
  TIMEOUTS_HEDGE_MILLIS("timeouts.hedgeMillis", INTEGER, "50", "silence until another is asked"),
  TIMEOUTS_STORE_MILLIS("timeouts.storeMillis", INTEGER, "2000", "for the worker's own storage"),
  TIMEOUTS_REPLICA_MILLIS("timeouts.replicaMillis", INTEGER, "2500", "for one peer's answer"),
  TIMEOUTS_COORDINATE_MILLIS("timeouts.coordinateMillis", INTEGER, "4000", "for a quorum"),
  TIMEOUTS_REQUEST_MILLIS("timeouts.requestMillis", INTEGER, "5000", "for a client's request"),
  REDEPLOY_JAR_DIRECTORY(
      "redeploy.jarDirectory", TEXT, derived("jars below data"), "where newer jars may be"),
  REDEPLOY_READY_SECONDS(
      "redeploy.readySeconds", INTEGER, "10", "for a new generation to become ready"),
  REDEPLOY_DRAIN_SECONDS(
      "redeploy.drainSeconds", INTEGER, "10", "for the former one to end what it began"),
  SUPERVISOR_WORKERS(
      "supervisor.workers",
      INTEGER,
      derived("4, or 0 where members are listed"),
      "workers that the controller starts"),
  SUPERVISOR_JAVA_OPTIONS(
      "supervisor.javaOptions",
      OPTIONS,
      "-Xms128m -Xmn24m -Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError",
      "for the JVMs of those workers");

  private static final Map<String, Setting> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Setting::key, Function.identity()));

  private final String key;
  private final Kind kind;
  private final String fallback;
  private final boolean fixed;
  private final String meaning;

  Setting(String key, Kind kind, String fallback, String meaning) {
    this(key, kind, new Fallback(fallback, true), meaning);
  }

  Setting(String key, Kind kind, Fallback fallback, String meaning) {
    this.key = key;
    this.kind = kind;
    this.fallback = fallback.text();
    this.fixed = fallback.fixed();
    this.meaning = meaning;
  }

  /** The setting with this dotted key, if there is one. */
  public static Optional<Setting> ofKey(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  /** The dotted key. */
  public String key() {
    return key;
  }

  /** The flag, {@code --http.port}. */
  public String flag() {
    return "--" + key;
  }

  /** The environment variable, {@code RONDO_HTTP_PORT}. */
  public String variable() {
    return "RONDO_" + name();
  }

  /** What it is, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** What applies when nobody says anything, for people to read. */
  public String fallbackText() {
    return fallback;
  }

  /** Whether the default is this very text, whatever the other settings are. */
  boolean hasFixedDefault() {
    return fixed;
  }

  Kind kind() {
    return kind;
  }

  /** The default as a value; a setting whose default follows from others has none. */
  Object fallback() {
    if (!fixed) {
      throw new IllegalStateException(key + " has no fixed default");
    }
    return kind.ofJson(key, kind.ofText(key, fallback));
  }

  private static Fallback derived(String text) {
    return new Fallback(text, false);
  }

  private record Fallback(String text, boolean fixed) {}
}
