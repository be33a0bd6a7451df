package dev.rondo.api;

import dev.rondo.bus.Underway;
import dev.rondo.http.Answers;
import dev.rondo.http.Connections;
import dev.rondo.http.Cors;
import dev.rondo.http.Ending;
import dev.rondo.http.Guard;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.Problems;
import dev.rondo.http.Rejection;
import dev.rondo.http.RequestTimers;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every request comes in: counted, timed, checked, and handed on by its raw path.
 *
 * <p>Keys are recognised here, before the router could normalise their paths, and without the cost
 * of a router.
 */
final class Gate implements Handler<HttpServerRequest> {

  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private final Connections connections;
  private final Underway underway;
  private final RequestTimers timers;
  private final TrafficSampler traffic;
  private final Cors cors;
  private final Answers answers;
  private final Problems problems;
  private final KvRoutes keys;
  private final RingRoutes ring;
  private final Router router;

  /**
   * A gate that lets {@code requestsMax} requests in at a time.
   *
   * @param router for everything that is not behind a raw prefix
   */
  Gate(
      Connections connections,
      int requestsMax,
      RequestTimers timers,
      TrafficSampler traffic,
      Cors cors,
      Answers answers,
      Problems problems,
      KvRoutes keys,
      RingRoutes ring,
      Router router) {
    this.connections = connections;
    this.underway = new Underway(requestsMax);
    this.timers = timers;
    this.traffic = traffic;
    this.cors = cors;
    this.answers = answers;
    this.problems = problems;
    this.keys = keys;
    this.ring = ring;
    this.router = router;
  }

  /** How many requests are being served. */
  int requests() {
    return underway.count();
  }

  /** Completes when no request is being served any more. */
  Future<Void> idle() {
    return underway.idle();
  }

  @Override
  public void handle(HttpServerRequest request) {
    boolean seated = connections.begin(request.connection());
    boolean admitted = !underway.isFull();
    long startedNanos = System.nanoTime();
    underway.begun();
    Ending.of(request.response(), () -> ended(request, startedNanos));
    if (!seated) {
      problems.sendLast(request, Problem.overloaded("Too many connections are open"));
      return;
    }
    try {
      cors.check(request);
      if (!admitted) {
        throw new Rejection(Problem.overloaded("Too many requests are being served"));
      }
      Guard.check(request);
      if (!Methods.answersForServer(request)) {
        route(request, Target.of(request.uri()));
      }
    } catch (RuntimeException failure) {
      answers.fail(request, failure);
    }
  }

  private void route(HttpServerRequest request, Target target) {
    if (target.path().startsWith(KvRoutes.PREFIX)) {
      keys.handle(request, target);
    } else if (target.path().startsWith(RingRoutes.KEYS_PREFIX)) {
      ring.key(request, target);
    } else {
      router.handle(request);
    }
  }

  /** The answer was sent, or the client is gone. */
  private void ended(HttpServerRequest request, long startedNanos) {
    underway.settled();
    long now = System.nanoTime();
    connections.end(request.connection(), now);
    int status = request.response().getStatusCode();
    RequestTimers.Kind kind = kind(request);
    timers.record(kind, status, request.response().ended(), now - startedNanos);
    traffic.record(kind, status, now - startedNanos);
    if (log.isDebugEnabled()) {
      log.debug(
          "Request answered: method={} status={} micros={}",
          request.method(),
          status,
          (now - startedNanos) / 1000);
    }
  }

  private static RequestTimers.Kind kind(HttpServerRequest request) {
    return request.uri().startsWith(KvRoutes.PREFIX)
        ? RequestTimers.Kind.ofKeyRequest(request.method())
        : RequestTimers.Kind.OTHER;
  }
}
