package dev.rondo.api;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Handover;
import dev.rondo.bus.Replaceable;
import dev.rondo.config.NodeConfig;
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
import dev.rondo.http.VerticleRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of a worker: what a request does, and nothing of how it gets here. Each
 * instance answers the requests of one socket, on the socket's event loop.
 */
public final class ApiVerticle extends VerticleBase implements Replaceable {

  private static final int REQUESTS_MAX = 4096;
  private static final int VALUES_AT_LEAST = 4;
  private static final int SHARE_OF_MEMORY = 8;

  private static final int JSON_BYTES_MAX = 16 << 10;
  private static final int JSON_SUM_MAX = 64 * JSON_BYTES_MAX;

  private static final int SAMPLE_MILLIS = 1000;

  private final NodeConfig config;
  private final Bus bus;
  private final MeterRegistry meters;
  private final ClientSockets sockets;
  private final int requestsMax;
  private final TrafficSampler traffic = new TrafficSampler();
  private @Nullable ClientSocket socket;
  private @Nullable Gate gate;

  /** The interface behind one of the sockets. */
  public ApiVerticle(NodeConfig config, Bus bus, MeterRegistry meters, ClientSockets sockets) {
    this(config, bus, meters, sockets, REQUESTS_MAX);
  }

  ApiVerticle(
      NodeConfig config, Bus bus, MeterRegistry meters, ClientSockets sockets, int requestsMax) {
    this.config = config;
    this.bus = bus;
    this.meters = meters;
    this.sockets = sockets;
    this.requestsMax = requestsMax;
  }

  @Override
  public Future<?> start() {
    return Future.succeededFuture();
  }

  /** From here on requests begin here. Those that began before end where they began. */
  @Override
  public Future<Void> takeOver(Handover state) {
    ClientSocket taken = state instanceof ClientSocket left ? left : sockets.add(context);
    Gate opened = gate;
    if (opened == null) {
      opened = gate(taken.connections());
      gate = opened;
    }
    taken.answerWith(opened);
    socket = taken;
    return Future.succeededFuture();
  }

  /** Goes on to answer until somebody else does. */
  @Override
  public Future<Handover> handOver() {
    return socket == null
        ? Future.failedFuture("it has nothing to give")
        : Future.succeededFuture(socket);
  }

  @Override
  public Future<Void> retire() {
    return gate == null ? Future.succeededFuture() : gate.idle();
  }

  @Override
  public int inFlight() {
    return gate == null ? 0 : gate.requests();
  }

  /** Tells of the requests since the last sample. */
  @Override
  public Future<?> stop() {
    sample();
    return Future.succeededFuture();
  }

  private Gate gate(Connections connections) {
    vertx.setPeriodic(SAMPLE_MILLIS, timer -> sample());
    Problems problems = new Problems(new Leftovers(vertx, config.http().valueBytesMax()));
    Outflow outflow = new Outflow(valueBytes());
    Answers answers = new Answers(problems, outflow);
    Cors cors = new Cors(config.http().corsOrigin());
    Methods methods = new Methods(cors);
    Views views = new Views(bus, config.timeouts().coordinateMillis());
    RingRoutes ring = new RingRoutes(config.id(), views, answers, methods);
    int timeoutMillis = config.timeouts().requestMillis();
    KvRoutes keys =
        new KvRoutes(
            new KvWrites(bus, intake(), answers, timeoutMillis),
            new KvReads(bus, outflow, answers, timeoutMillis),
            methods);
    return new Gate(
        connections,
        requestsMax,
        new RequestTimers(meters),
        traffic,
        cors,
        answers,
        problems,
        keys,
        ring,
        router(views, ring, answers, methods));
  }

  private void sample() {
    bus.publish(Addresses.TRAFFIC, traffic.take());
  }

  private Router router(Views views, RingRoutes ring, Answers answers, Methods methods) {
    Router router = Router.router(vertx);
    ring.mount(router);
    new NodeRoutes(config, views, answers, methods).mount(router);
    new VerticleRoutes(bus, wishes(), config.timeouts().requestMillis(), answers, methods)
        .mount(router);
    new KeyListRoutes(views, answers, methods).mount(router);
    new ScanRoutes(vertx, bus, config, answers, methods).mount(router);
    new HealthRoutes(vertx, views, config.timeouts().storeMillis(), answers, methods).mount(router);
    new MetricsRoute(vertx, meters, answers, methods).mount(router);
    new ApiDocument(vertx, answers, methods).mount(router);
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

  private Intake wishes() {
    int patience = config.timeouts().requestMillis();
    return new Intake(vertx, JSON_BYTES_MAX, JSON_SUM_MAX, patience, patience);
  }

  private Intake intake() {
    return new Intake(
        vertx,
        config.http().valueBytesMax(),
        valueBytes(),
        config.timeouts().requestMillis(),
        TimeUnit.SECONDS.toMillis(config.http().idleSeconds()));
  }

  /** Of the values that come in at a time, and of those that go out. */
  private long valueBytes() {
    return Math.max(
        (long) VALUES_AT_LEAST * config.http().valueBytesMax(),
        Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / sockets.shares());
  }
}
