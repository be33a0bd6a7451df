package dev.rondo.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers requests with problems. */
public final class Problems {

  private final Leftovers leftovers;

  public Problems(Leftovers leftovers) {
    this.leftovers = leftovers;
  }

  /** Answers, unless an answer is under way or the client is gone. */
  public void send(HttpServerRequest request, Problem problem) {
    boolean stalled = problem.code() == ProblemCode.REQUEST_TIMEOUT;
    send(request, problem, stalled || leftovers.endConnection(request));
  }

  /** Answers, and then ends the connection. */
  public void sendLast(HttpServerRequest request, Problem problem) {
    send(request, problem, true);
    if (Http2.carries(request)) {
      leftovers.linger(request);
    }
  }

  private void send(HttpServerRequest request, Problem problem, boolean last) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    if (Http2.carries(request)) {
      end(request, problem);
      leftovers.abandon(request);
      return;
    }
    if (last) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    end(request, problem);
    if (problem.code() == ProblemCode.MALFORMED_BODY) {
      // The server is about to drop the connection; closing it first flushes the answer.
      request.connection().close();
    } else if (last) {
      leftovers.linger(request);
    }
  }

  /** The rest of a request cannot be read: says so where nothing was answered yet. */
  static void garbled(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!response.headWritten() && !response.closed()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      end(request, Intake.garbled());
    }
    // The server is about to drop the connection; closing it first flushes the answer.
    request.connection().close();
  }

  /** Answers, and leaves the connection and the rest of the request as they are. */
  static void end(HttpServerRequest request, Problem problem) {
    Bodies.end(request, prepare(request.response(), problem));
  }

  /** Fills in everything but the body, which it returns. */
  static Buffer prepare(HttpServerResponse response, Problem problem) {
    response.setStatusCode(problem.code().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.putHeader(Headers.CONTENT_TYPE_OPTIONS, Headers.NOSNIFF);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    problem.headers().forEach(response::putHeader);
    return problem.body();
  }
}
