package dev.rondo.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where requests end: with an answer, a problem, or a bug. */
public final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final Problems problems;
  private final Outflow outflow;

  public Answers(Problems problems, Outflow outflow) {
    this.problems = problems;
    this.outflow = outflow;
  }

  /** Writes the answer when it is there, or fails the request. */
  public <A> void when(HttpServerRequest request, Future<A> answer, Consumer<A> write) {
    answer.onComplete(
        result -> {
          // A body that cannot be read was refused meanwhile.
          if (!request.response().ended()) {
            attempt(request, () -> write.accept(result));
          }
        },
        failure -> fail(request, failure));
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

  /** Writes a JSON object; throws {@link Rejection} when too much waits for clients already. */
  public void json(HttpServerRequest request, JsonObject json) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, Headers.JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
    body(request, json.toBuffer());
  }

  /**
   * Ends an answer with what was made for it; throws {@link Rejection} as {@link #json} does. Only
   * what was asked by GET is refused: of a change that is made nobody may be told that it is not.
   */
  public void body(HttpServerRequest request, Buffer body) {
    if (request.method().equals(HttpMethod.GET)) {
      outflow.admit(body.length());
      outflow.end(request.response(), body);
    } else {
      Bodies.end(request, body);
    }
  }
}
