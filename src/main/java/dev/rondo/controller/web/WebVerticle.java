package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Replaceable;
import dev.rondo.bus.Roster;
import dev.rondo.config.NodeConfig;
import dev.rondo.controller.gateway.Gateway;
import dev.rondo.http.Answers;
import dev.rondo.http.ApiDocument;
import dev.rondo.http.ClientSocket;
import dev.rondo.http.ClientSockets;
import dev.rondo.http.Connections;
import dev.rondo.http.Cors;
import dev.rondo.http.Intake;
import dev.rondo.http.Leftovers;
import dev.rondo.http.Methods;
import dev.rondo.http.MetricsRoute;
import dev.rondo.http.Outflow;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Problems;
import dev.rondo.http.Rejection;
import dev.rondo.http.RequestTimers;
import dev.rondo.http.ServerOptions;
import dev.rondo.http.VerticleRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The controller's HTTP side: REST, the dashboard, its feed, and the way to the workers' keys. The
 * socket is the node's; a browser that follows the feed of one generation connects again and gets
 * the next one's.
 */
public final class WebVerticle extends VerticleBase implements Replaceable {

  private static final int REQUESTS_MAX = 1024;
  private static final int FAREWELL_SECONDS = 1;
  private static final int JSON_BYTES_MAX = 4096;
  private static final int JSON_SUM_MAX = 256 * JSON_BYTES_MAX;
  private static final int FRAME_BYTES_MAX = 16 << 10;

  /** Of answers that clients have asked for and do not take. */
  private static final int ANSWERS_SUM_MAX = 16 << 20;

  private final NodeConfig config;
  private final Bus bus;
  private final MeterRegistry meters;
  private final ClientSockets sockets;
  private final String webroot;
  private @Nullable Feed feed;
  private @Nullable Bridge bridge;
  private @Nullable Assets assets;
  private @Nullable ClientSocket socket;
  private @Nullable Gate gate;

  /** The HTTP side behind the only one of the sockets. */
  public WebVerticle(NodeConfig config, Bus bus, MeterRegistry meters, ClientSockets sockets) {
    this(config, bus, meters, sockets, "webroot/");
  }

  WebVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, ClientSockets sockets, String webroot) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.sockets = sockets;
    this.webroot = webroot;
  }

  @Override
  public Future<?> start() {
    Assets read = new Assets(vertx, webroot);
    assets = read;
    // Mapped, so that whoever takes over behind it finds what it has made.
    return read.read(Dashboard.INDEX).map(index -> follow(PageBuild.of(index)));
  }

  private Feed follow(@Nullable String build) {
    long startedAt = System.currentTimeMillis();
    Snapshot snapshot = new Snapshot(config, build, startedAt, config.http().port());
    Feed followed = new Feed(vertx, new Board(snapshot, startedAt));
    feed = followed;
    bridge = new Bridge(vertx, followed);
    followed.begin(bus, config.timeouts().storeMillis());
    return followed;
  }

  /** From here on requests begin here. Those that began before end where they began. */
  @Override
  public Future<Void> takeOver(Handover state) {
    ClientSocket taken = state instanceof ClientSocket left ? left : sockets.add(context);
    Gate opened = gate;
    if (opened == null) {
      opened = gate(taken.connections(), started(feed), started(assets));
      gate = opened;
    }
    taken.answerWith(opened);
    socket = taken;
    return Future.succeededFuture();
  }

  private static <T> T started(@Nullable T part) {
    return Objects.requireNonNull(part, "the HTTP side is not started");
  }

  @Override
  public Future<Handover> handOver() {
    return Future.succeededFuture(started(socket));
  }

  @Override
  public Future<Void> retire() {
    started(bridge).close();
    return started(gate).idle();
  }

  @Override
  public int inFlight() {
    return gate == null ? 0 : gate.requests();
  }

  /** How the socket is set up. */
  public static HttpServerOptions options(NodeConfig config) {
    HttpServerOptions options = ServerOptions.of(config);
    options.setMaxWebSocketFrameSize(FRAME_BYTES_MAX);
    options.setMaxWebSocketMessageSize(FRAME_BYTES_MAX);
    // A browser that does not answer to the farewell must not hold up the end of the node.
    options.setWebSocketClosingTimeout(FAREWELL_SECONDS);
    return options;
  }

  private Gate gate(Connections connections, Feed followed, Assets pages) {
    Problems problems = new Problems(new Leftovers(vertx, config.http().valueBytesMax()));
    Answers answers = new Answers(problems, new Outflow(ANSWERS_SUM_MAX));
    Methods methods = new Methods(new Cors(config.http().corsOrigin()));
    return new Gate(
        connections,
        REQUESTS_MAX,
        new RequestTimers(meters),
        new Origins(config.http().corsOrigin(), config.host()),
        answers,
        problems,
        new Gateway(vertx, this::roster, config, answers, new Random()),
        router(followed, pages, answers, methods));
  }

  private Router router(Feed followed, Assets pages, Answers answers, Methods methods) {
    Router router = Router.router(vertx);
    int patience = config.timeouts().requestMillis();
    int doubled = 2 * patience;
    new ClusterRoutes(
            followed,
            this::roster,
            new ConfigChanges(bus, intake(patience), doubled),
            answers,
            methods)
        .mount(router);
    new EventRoutes(bus, patience, answers, methods).mount(router);
    new RestartRoutes(bus, this::roster, intake(patience), patience, answers, methods)
        .mount(router);
    new RepairRoutes(bus, this::roster, intake(patience), patience, answers, methods).mount(router);
    new NodeRoutes(config, this::roster, answers, methods).mount(router);
    new RolloutRoutes(bus, this::roster, intake(patience), patience, answers, methods)
        .mount(router);
    new VerticleRoutes(bus, intake(patience), patience, answers, methods).mount(router);
    new MetricsRoute(vertx, meters, answers, methods).mount(router);
    new ApiDocument(vertx, answers, methods).mount(router);
    new FeedRoutes(started(bridge), methods).mount(router);
    ContentPolicy policy = new ContentPolicy(followed::workers);
    new Dashboard(pages, policy, config.http().port(), answers, methods).mount(router);
    router.errorHandler(
        400,
        context ->
            answers.fail(
                context.request(),
                new Rejection(ProblemCode.MALFORMED_REQUEST, "The path cannot be understood")));
    router.errorHandler(500, context -> answers.fail(context.request(), context.failure()));
    return router;
  }

  private Intake intake(int patienceMillis) {
    return new Intake(vertx, JSON_BYTES_MAX, JSON_SUM_MAX, patienceMillis, patienceMillis);
  }

  private Future<Roster> roster() {
    return bus.ask(Addresses.ROSTER, Roster.Ask.NOW, config.timeouts().storeMillis());
  }
}
