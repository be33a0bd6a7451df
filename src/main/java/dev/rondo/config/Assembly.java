package dev.rondo.config;

import static dev.rondo.config.Setting.*;

import dev.rondo.core.member.Member;
import io.vertx.core.json.JsonArray;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns settings into a {@link NodeConfig}; defaults that depend on other settings are made here.
 */
final class Assembly {

  private static final int WORKERS = 4;
  private static final int COPIES = 3;
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "*");

  private final Settings settings;
  private final Role role;
  private final int id;
  private final String host;
  private final List<Member> members;
  private final Optional<Member> self;

  private Assembly(Settings settings) {
    this.settings = settings;
    this.role = Role.valueOf(settings.text(ROLE).toUpperCase(Locale.ROOT));
    this.id = settings.integer(ID);
    this.host = settings.text(HOST);
    Check.range(ID.key(), id, 0, Member.ID_MAX);
    Check.that(
        !WILDCARDS.contains(host),
        HOST.key(),
        "'" + host + "'",
        "an address of this machine under which the other nodes find it");
    Check.host(HOST.key(), host);
    this.members = members();
    this.self = members.stream().filter(m -> role == Role.WORKER && m.id() == id).findFirst();
  }

  /** The configuration that the settings describe. */
  static NodeConfig of(Settings settings) {
    NodeConfig config = new Assembly(settings).assemble();
    Consistency.check(config);
    return config;
  }

  private NodeConfig assemble() {
    return new NodeConfig(
        role,
        id,
        settings.text(CLUSTER),
        host,
        data(),
        http(),
        grpc(),
        controller(),
        membership(),
        ring(),
        storage(),
        new HintsConfig(settings.integer(HINTS_WINDOW_SECONDS), settings.number(HINTS_BYTES_MAX)),
        new ClockConfig(settings.integer(CLOCK_MAX_DRIFT_MILLIS)),
        timeouts(),
        new SupervisorConfig(supervised(), settings.texts(SUPERVISOR_JAVA_OPTIONS)),
        new RepairConfig(
            settings.number(REPAIR_BYTES_PER_SECOND),
            settings.integer(REPAIR_INTERVAL_SECONDS),
            settings.integer(REPAIR_EXCHANGES_MAX),
            settings.integer(REPAIR_CHECK_SECONDS)),
        redeploy());
  }

  private RedeployConfig redeploy() {
    String jars = settings.text(REDEPLOY_JAR_DIRECTORY, data().resolve("jars").toString());
    return new RedeployConfig(
        folder(REDEPLOY_JAR_DIRECTORY, jars),
        settings.integer(REDEPLOY_READY_SECONDS),
        settings.integer(REDEPLOY_DRAIN_SECONDS));
  }

  private List<Member> members() {
    return settings
        .made(MEMBERS)
        .map(list -> MemberList.read((JsonArray) list, host))
        .orElseGet(() -> MemberList.derived(derivedMembers(), host));
  }

  /** As many as the controller starts; a controller that starts none still has its four. */
  private int derivedMembers() {
    int workers = settings.integer(SUPERVISOR_WORKERS, WORKERS);
    Check.range(SUPERVISOR_WORKERS.key(), workers, 0, SupervisorConfig.WORKERS_MAX);
    return workers == 0 ? WORKERS : workers;
  }

  private int supervised() {
    return settings.integer(SUPERVISOR_WORKERS, settings.made(MEMBERS).isPresent() ? 0 : WORKERS);
  }

  private Path data() {
    return folder(DATA, settings.text(DATA));
  }

  private static Path folder(Setting setting, String text) {
    try {
      Check.that(!text.isBlank(), setting.key(), "''", "a folder");
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new ConfigException(setting.key(), "'" + text + "'", "a folder");
    }
  }

  private HttpConfig http() {
    return new HttpConfig(
        settings.integer(HTTP_PORT, self.map(Member::httpPort).orElse(usual(Ports.HTTP))),
        settings.integer(HTTP_INSTANCES),
        settings.integer(LIMITS_VALUE_BYTES_MAX),
        settings.integer(HTTP_CONNECTIONS_MAX),
        settings.integer(HTTP_IDLE_SECONDS),
        settings.text(
            HTTP_CORS_ORIGIN,
            "http://" + controller().host().toLowerCase(Locale.ROOT) + ":" + controllerHttpPort()));
  }

  private GrpcConfig grpc() {
    return new GrpcConfig(
        settings.integer(GRPC_PORT, self.map(Member::grpcPort).orElse(usual(Ports.GRPC))),
        settings.integer(GRPC_QUEUE_MAX));
  }

  /** A controller is its own. */
  private ControllerConfig controller() {
    return role == Role.CONTROLLER
        ? new ControllerConfig(host, grpc().port())
        : new ControllerConfig(
            settings.text(CONTROLLER_HOST, host),
            settings.integer(CONTROLLER_GRPC_PORT, Ports.GRPC));
  }

  private MembershipConfig membership() {
    int port = settings.integer(MEMBERSHIP_PORT, usual(Ports.MEMBERSHIP));
    int first = role == Role.CONTROLLER ? port : Ports.MEMBERSHIP;
    Stream<String> seeds =
        members.stream().map(m -> m.host() + ":" + Ports.ofWorker(first, m.id()));
    return new MembershipConfig(
        port,
        settings.texts(
            MEMBERSHIP_SEEDS,
            Stream.concat(Stream.of(controller().host() + ":" + first), seeds).toList()));
  }

  private RingConfig ring() {
    int copies =
        settings.integer(RING_REPLICATION_FACTOR, Math.min(COPIES, Math.max(1, members.size())));
    int majority = copies / 2 + 1;
    return new RingConfig(
        settings.integer(RING_VNODES),
        copies,
        settings.integer(RING_WRITE_QUORUM, majority),
        settings.integer(RING_READ_QUORUM, majority),
        members);
  }

  private StorageConfig storage() {
    return new StorageConfig(
        StorageConfig.Durability.valueOf(
            settings.text(STORAGE_DURABILITY).toUpperCase(Locale.ROOT)),
        settings.integer(STORAGE_SYNC_MILLIS),
        settings.number(STORAGE_RESERVE_BYTES),
        settings.integer(STORAGE_WRITE_QUEUE_MAX),
        settings.integer(STORAGE_READ_QUEUE_MAX),
        settings.integer(STORAGE_READ_THREADS),
        settings.number(STORAGE_CACHE_BYTES),
        settings.number(STORAGE_RECORD_CACHE_BYTES),
        new ScrubConfig(
            settings.integer(STORAGE_SCRUB_INTERVAL_SECONDS),
            settings.number(STORAGE_SCRUB_BYTES_PER_SECOND)));
  }

  private Timeouts timeouts() {
    return new Timeouts(
        settings.integer(TIMEOUTS_STORE_MILLIS),
        settings.integer(TIMEOUTS_REPLICA_MILLIS),
        settings.integer(TIMEOUTS_COORDINATE_MILLIS),
        settings.integer(TIMEOUTS_REQUEST_MILLIS),
        settings.integer(TIMEOUTS_HEDGE_MILLIS));
  }

  private int controllerHttpPort() {
    return role == Role.CONTROLLER ? settings.integer(HTTP_PORT, Ports.HTTP) : Ports.HTTP;
  }

  private int usual(int controller) {
    return role == Role.CONTROLLER ? controller : Ports.ofWorker(controller, id);
  }
}
