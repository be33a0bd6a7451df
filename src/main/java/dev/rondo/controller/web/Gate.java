package dev.rondo.controller.web;

import dev.rondo.bus.Underway;
import dev.rondo.controller.gateway.Gateway;
import dev.rondo.http.Answers;
import dev.rondo.http.Connections;
import dev.rondo.http.Ending;
import dev.rondo.http.Guard;
import dev.rondo.http.Headers;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.Problems;
import dev.rondo.http.Rejection;
import dev.rondo.http.RequestTimers;
import dev.rondo.http.RequestTimers.Kind;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * Where every request comes in: limited in number, checked for its origin before anything else
 * looks at it, and handed on by its raw path. A WebSocket keeps the seat of its connection until it
 * ends, and no place among the requests.
 */
final class Gate implements Handler<HttpServerRequest> {

  private static final String FEED = "/eventbus/";
  private static final String KEYS = "/kv/";

  private final Connections connections;
  private final Underway underway;
  private final RequestTimers timers;
  private final Origins origins;
  private final Answers answers;
  private final Problems problems;
  private final Gateway keys;
  private final Router router;

  Gate(
      Connections connections,
      int requestsMax,
      RequestTimers timers,
      Origins origins,
      Answers answers,
      Problems problems,
      Gateway keys,
      Router router) {
    this.connections = connections;
    this.underway = new Underway(requestsMax);
    this.timers = timers;
    this.origins = origins;
    this.answers = answers;
    this.problems = problems;
    this.keys = keys;
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
    if (!isOfFeed(request)) {
      underway.begun();
    }
    Ending.of(request.response(), () -> ended(request, startedNanos));
    request.response().putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
    if (!seated) {
      problems.sendLast(request, Problem.overloaded("Too many connections are open"));
      return;
    }
    try {
      Guard.check(request);
      origins.check(request);
      if (!admitted) {
        throw new Rejection(Problem.overloaded("Too many requests are being served"));
      }
      if (!Methods.answersForServer(request)) {
        route(request, Target.of(request.uri()));
      }
    } catch (RuntimeException failure) {
      answers.fail(request, failure);
    }
  }

  private void route(HttpServerRequest request, Target target) {
    if (keys.isFor(target.path())) {
      keys.handle(request, target);
    } else {
      router.handle(request);
    }
  }

  /** The answer was sent, or the client is gone; not called for what becomes a WebSocket. */
  private void ended(HttpServerRequest request, long startedNanos) {
    long now = System.nanoTime();
    connections.end(request.connection(), now);
    // How long somebody watches says nothing of how fast requests are.
    if (!isOfFeed(request)) {
      underway.settled();
      count(request, now - startedNanos);
    }
  }

  /** Answered at once, or a WebSocket from then on, of which the bridge has a limited number. */
  private static boolean isOfFeed(HttpServerRequest request) {
    return Target.pathOf(request.uri()).startsWith(FEED);
  }

  private void count(HttpServerRequest request, long nanos) {
    Kind kind =
        Target.pathOf(request.uri()).startsWith(KEYS)
            ? Kind.ofKeyRequest(request.method())
            : Kind.OTHER;
    timers.record(kind, request.response().getStatusCode(), request.response().ended(), nanos);
  }
}
