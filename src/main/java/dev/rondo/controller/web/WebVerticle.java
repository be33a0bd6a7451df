package dev.rondo.controller.web;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Roster;
import dev.rondo.config.NodeConfig;
import dev.rondo.controller.gateway.Gateway;
import dev.rondo.http.Answers;
import dev.rondo.http.Connections;
import dev.rondo.http.Cors;
import dev.rondo.http.Intake;
import dev.rondo.http.Leftovers;
import dev.rondo.http.MalformedRequests;
import dev.rondo.http.Methods;
import dev.rondo.http.MetricsRoute;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Problems;
import dev.rondo.http.Rejection;
import dev.rondo.http.RequestTimers;
import dev.rondo.http.ServerOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller's HTTP side: REST, the dashboard, its feed, and the way to the workers' keys. */
public final class WebVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(WebVerticle.class);

  private static final int REQUESTS_MAX = 1024;
  private static final int STOP_SECONDS = 2;
  private static final int FAREWELL_SECONDS = 1;
  private static final int JSON_BYTES_MAX = 4096;
  private static final int JSON_SUM_MAX = 256 * JSON_BYTES_MAX;
  private static final int FRAME_BYTES_MAX = 16 << 10;

  private final NodeConfig config;
  private final Bus bus;
  private final MeterRegistry meters;
  private final String webroot;
  private @Nullable HttpServer server;

  public WebVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this(config, bus, meters, "webroot/");
  }

  WebVerticle(NodeConfig config, Bus bus, MeterRegistry meters, String webroot) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.webroot = webroot;
  }

  @Override
  public Future<?> start() {
    Assets assets = new Assets(vertx, webroot);
    return assets.read(Dashboard.INDEX).compose(index -> serve(assets, PageBuild.of(index)));
  }

  private Future<?> serve(Assets assets, @Nullable String build) {
    long startedAt = System.currentTimeMillis();
    Snapshot snapshot = new Snapshot(config, build, startedAt, config.http().port());
    Feed feed = new Feed(vertx, new Board(snapshot, startedAt));
    Connections connections =
        new Connections(vertx, config.http().connectionsMax(), config.http().idleSeconds());
    HttpServer made =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::opened)
            .invalidRequestHandler(new MalformedRequests(vertx))
            .exceptionHandler(broken -> log.debug("Connection broken: cause={}", broken.toString()))
            .requestHandler(gate(connections, feed, assets));
    server = made;
    feed.begin(bus, config.timeouts().storeMillis());
    return made.listen()
        .onSuccess(ready -> log.info("Dashboard running on port {}", ready.actualPort()));
  }

  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** The port it listens on once it is started, 0 before. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  private HttpServerOptions options() {
    HttpServerOptions options = ServerOptions.of(config);
    options.setMaxWebSocketFrameSize(FRAME_BYTES_MAX);
    options.setMaxWebSocketMessageSize(FRAME_BYTES_MAX);
    options.setPerMessageWebSocketCompressionSupported(false);
    options.setPerFrameWebSocketCompressionSupported(false);
    // A browser that does not answer to the farewell must not hold up the end of the node.
    options.setWebSocketClosingTimeout(FAREWELL_SECONDS);
    return options;
  }

  private Gate gate(Connections connections, Feed feed, Assets assets) {
    Problems problems = new Problems(new Leftovers(vertx, config.http().valueBytesMax()));
    Answers answers = new Answers(problems);
    Methods methods = new Methods(new Cors(config.http().corsOrigin()));
    return new Gate(
        connections,
        REQUESTS_MAX,
        new RequestTimers(meters),
        new Origins(config.http().corsOrigin(), config.host()),
        answers,
        problems,
        new Gateway(vertx, this::roster, config, answers, new Random()),
        router(feed, assets, answers, methods));
  }

  private Router router(Feed feed, Assets assets, Answers answers, Methods methods) {
    Router router = Router.router(vertx);
    int patience = config.timeouts().requestMillis();
    int doubled = 2 * patience;
    new ClusterRoutes(
            feed, this::roster, new ConfigChanges(bus, intake(patience), doubled), answers, methods)
        .mount(router);
    new EventRoutes(bus, patience, answers, methods).mount(router);
    new RestartRoutes(bus, this::roster, patience, answers, methods).mount(router);
    new RepairRoutes(bus, this::roster, patience, answers, methods).mount(router);
    new NodeRoutes(config, this::roster, answers, methods).mount(router);
    new MetricsRoute(vertx, meters, answers, methods).mount(router);
    new FeedRoutes(new Bridge(vertx, feed)).mount(router);
    ContentPolicy policy = new ContentPolicy(feed::workers);
    new Dashboard(assets, policy, config.http().port(), answers, methods).mount(router);
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
