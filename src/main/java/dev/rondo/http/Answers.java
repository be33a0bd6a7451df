package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where requests end: with an answer, a problem, or a bug. */
public final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final Problems problems;

  public Answers(Problems problems) {
    this.problems = problems;
  }

  /** Writes the answer when it is there, or fails the request. */
  public <A> void when(HttpServerRequest request, Future<A> answer, Consumer<A> write) {
    answer.onComplete(
        result -> attempt(request, () -> write.accept(result)), failure -> fail(request, failure));
  }

  /** Does something for a request, and fails the request when that throws. */
  public void attempt(HttpServerRequest request, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      fail(request, failure);
    }
  }

  /** Ends a request whose handling failed; everything but a {@link Rejection} is a bug. */
  public void fail(HttpServerRequest request, Throwable failure) {
    if (failure instanceof Rejection rejection) {
      problems.send(request, rejection.problem());
      return;
    }
    log.error("Request failed by a bug: method={}", request.method(), failure);
    problems.send(
        request,
        Problem.of(
            ProblemCode.INTERNAL_ERROR, "The request met a bug; the node's log describes it"));
  }

  /** Writes a JSON object. */
  public static void json(HttpServerRequest request, JsonObject json) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
    Bodies.end(request, json.toBuffer());
  }
}
