package dev.rondo.controller.web;

import dev.rondo.controller.gateway.Gateway;
import dev.rondo.http.Answers;
import dev.rondo.http.Connections;
import dev.rondo.http.Guard;
import dev.rondo.http.Headers;
import dev.rondo.http.Problem;
import dev.rondo.http.Problems;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/**
 * Where every request comes in: limited in number, checked for its origin before anything else
 * looks at it, and handed on by its raw path. A WebSocket keeps its place until it ends.
 */
final class Gate implements Handler<HttpServerRequest> {

  private static final String FEED = "/eventbus/";

  private final Connections connections;
  private final int requestsMax;
  private final Origins origins;
  private final Answers answers;
  private final Problems problems;
  private final Gateway keys;
  private final Router router;
  private int requests;

  Gate(
      Connections connections,
      int requestsMax,
      Origins origins,
      Answers answers,
      Problems problems,
      Gateway keys,
      Router router) {
    this.connections = connections;
    this.requestsMax = requestsMax;
    this.origins = origins;
    this.answers = answers;
    this.problems = problems;
    this.keys = keys;
    this.router = router;
  }

  @Override
  public void handle(HttpServerRequest request) {
    boolean seated = connections.begin(request.connection());
    boolean admitted = requests < requestsMax;
    requests++;
    request.response().endHandler(end -> ended(request));
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
      route(request, Target.of(request.uri()));
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

  /** The answer was sent, or the client is gone; a WebSocket has only begun. */
  private void ended(HttpServerRequest request) {
    requests--;
    if (!request.uri().startsWith(FEED) || request.response().getStatusCode() != 101) {
      connections.end(request.connection(), System.nanoTime());
    }
  }
}
