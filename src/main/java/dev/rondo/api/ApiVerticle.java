package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.config.NodeConfig;
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
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The REST interface of a worker. Any number of instances share the port, each with an event loop
 * and with its part of what may be open at a time.
 */
public final class ApiVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(ApiVerticle.class);

  private static final int REQUESTS_MAX = 4096;
  private static final int STOP_SECONDS = 5;
  private static final int VALUES_AT_LEAST = 4;
  private static final int SHARE_OF_MEMORY = 8;

  private final NodeConfig config;
  private final Bus bus;
  private static final int SAMPLE_MILLIS = 1000;

  private final MeterRegistry meters;
  private final int requestsMax;
  private @Nullable HttpServer server;

  public ApiVerticle(NodeConfig config, Bus bus, MeterRegistry meters) {
    this(config, bus, meters, REQUESTS_MAX);
  }

  ApiVerticle(NodeConfig config, Bus bus, MeterRegistry meters, int requestsMax) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.requestsMax = requestsMax;
  }

  @Override
  public Future<?> start() {
    Connections connections = new Connections(vertx, connectionsMax(), config.http().idleSeconds());
    HttpServer made =
        vertx
            .createHttpServer(ServerOptions.of(config))
            .connectionHandler(connections::opened)
            .invalidRequestHandler(new MalformedRequests(vertx))
            .exceptionHandler(broken -> log.debug("Connection broken: cause={}", broken.toString()))
            .requestHandler(gate(connections));
    server = made;
    return made.listen()
        .onSuccess(
            listening ->
                log.info("REST running: host={} port={}", config.host(), listening.actualPort()));
  }

  /** Requests that are being served get some time to end. */
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

  private Gate gate(Connections connections) {
    Problems problems = new Problems(new Leftovers(vertx, config.http().valueBytesMax()));
    Answers answers = new Answers(problems);
    Cors cors = new Cors(config.http().corsOrigin());
    Methods methods = new Methods(cors);
    Views views = new Views(bus, config.timeouts().coordinateMillis());
    RingRoutes ring = new RingRoutes(config.id(), views, answers, methods);
    int timeoutMillis = config.timeouts().requestMillis();
    KvRoutes keys =
        new KvRoutes(
            new KvWrites(bus, intake(), answers, timeoutMillis),
            new KvReads(bus, answers, timeoutMillis),
            methods);
    return new Gate(
        connections,
        requestsMax,
        new RequestTimers(meters),
        traffic(),
        cors,
        answers,
        problems,
        keys,
        ring,
        router(views, ring, answers, methods));
  }

  private TrafficSampler traffic() {
    TrafficSampler traffic = new TrafficSampler();
    vertx.setPeriodic(SAMPLE_MILLIS, timer -> bus.publish(Addresses.TRAFFIC, traffic.take()));
    return traffic;
  }

  private Router router(Views views, RingRoutes ring, Answers answers, Methods methods) {
    Router router = Router.router(vertx);
    ring.mount(router);
    new NodeRoutes(config, views, answers, methods).mount(router);
    new KeyListRoutes(views, answers, methods).mount(router);
    new ScanRoutes(bus, config.timeouts().requestMillis(), answers, methods).mount(router);
    new HealthRoutes(vertx, views, config.timeouts().storeMillis(), answers, methods).mount(router);
    new MetricsRoute(vertx, meters, answers, methods).mount(router);
    router.errorHandler(
        400,
        context ->
            answers.fail(
                context.request(),
                new Rejection(ProblemCode.MALFORMED_REQUEST, "The path cannot be understood")));
    router.errorHandler(
        404,
        context ->
            answers.fail(
                context.request(),
                new Rejection(ProblemCode.NOT_FOUND, "There is nothing at this path")));
    router.errorHandler(500, context -> answers.fail(context.request(), context.failure()));
    return router;
  }

  private Intake intake() {
    int valueBytesMax = config.http().valueBytesMax();
    long sumMax =
        Math.max(
            (long) VALUES_AT_LEAST * valueBytesMax,
            Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / instances());
    return new Intake(
        vertx,
        valueBytesMax,
        sumMax,
        config.timeouts().requestMillis(),
        TimeUnit.SECONDS.toMillis(config.http().idleSeconds()));
  }

  private int connectionsMax() {
    return Math.max(1, config.http().connectionsMax() / instances());
  }

  private int instances() {
    return config.http().instancesFor(Runtime.getRuntime().availableProcessors());
  }
}
