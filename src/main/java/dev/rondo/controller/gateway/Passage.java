package dev.rondo.controller.gateway;

import dev.rondo.http.Faults;
import dev.rondo.http.Http2;
import dev.rondo.http.Leftovers;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to a worker and its answer on the way back, both as they come, neither
 * faster than the other side takes them.
 *
 * <p>As long as no connection is there nothing was sent, and the next worker is tried. After that
 * only what changes nothing and has no body is tried again; of a write nobody knows whether it
 * applies.
 */
final class Passage {
  private static final Logger log = LoggerFactory.getLogger(Passage.class);

  private static final Pattern TIMEOUT = Pattern.compile("(?:^|&)timeout=([0-9]{1,6})(?:&|$)");
  private static final long SLACK_MILLIS = 1000;

  /** More than a worker waits for a value, so that it is the worker who loses patience. */
  private static final long UPLOAD_MILLIS = 150_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final HttpServerRequest request;
  private final Target target;
  private final long patienceMillis;
  private final Leftovers leftovers;
  private final ArrayDeque<String> workers;

  Passage(
      Vertx vertx,
      HttpClient client,
      HttpServerRequest request,
      Target target,
      int timeoutMillis,
      ArrayDeque<String> workers) {
    this.vertx = vertx;
    this.client = client;
    this.request = request;
    this.target = target;
    this.patienceMillis = patience(target, timeoutMillis) + SLACK_MILLIS;
    this.leftovers = new Leftovers(vertx, 0);
    this.workers = workers;
  }

  /** Completes when the answer was passed on; fails when there is none. */
  Future<Void> attempt() {
    String worker = workers.poll();
    if (worker == null) {
      throw new Rejection(
          ProblemCode.QUORUM_UNAVAILABLE, "No worker is in reach; nothing was sent");
    }
    return client
        .request(
            new RequestOptions()
                .setAbsoluteURI(worker)
                .setURI(ascii(target))
                .setMethod(request.method()))
        .transform(
            connected ->
                connected.succeeded()
                    ? pass(connected.result(), worker)
                    : unreachable(worker, connected.cause()));
  }

  private Future<Void> unreachable(String worker, Throwable cause) {
    log.debug("Worker not reached: url={} cause={}", worker, cause.toString());
    if (cause instanceof ConnectionPoolTooBusyException) {
      throw new Rejection(Problem.overloaded("Too many requests wait for " + worker));
    }
    return attempt();
  }

  private Future<Void> pass(HttpClientRequest outgoing, String worker) {
    HopHeaders.copy(request.headers(), outgoing.headers());
    return send(outgoing)
        .transform(
            answered ->
                answered.succeeded()
                    ? answer(answered.result())
                    : unanswered(worker, answered.cause()));
  }

  private Future<HttpClientResponse> send(HttpClientRequest outgoing) {
    Future<HttpClientResponse> response = outgoing.response();
    request.response().closeHandler(gone -> giveUp(outgoing));
    if (!hasBody()) {
      limit(patienceMillis, outgoing, response);
      request.resume();
      outgoing.end();
      return response;
    }
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      request.response().writeContinue();
    }
    outgoing.setChunked(!request.headers().contains(HttpHeaders.CONTENT_LENGTH));
    limit(patienceMillis + UPLOAD_MILLIS, outgoing, response);
    request
        .pipe()
        .endOnFailure(false)
        .to(outgoing)
        .onComplete(sent -> limit(patienceMillis, outgoing, response));
    return response;
  }

  private void limit(long millis, HttpClientRequest outgoing, Future<HttpClientResponse> response) {
    if (!response.isComplete()) {
      long timer = vertx.setTimer(millis, late -> outgoing.reset());
      response.onComplete(done -> vertx.cancelTimer(timer));
    }
  }

  private Future<Void> answer(HttpClientResponse answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return answer.end();
    }
    response.setStatusCode(answer.statusCode());
    HopHeaders.copy(answer.headers(), response.headers());
    boolean known = answer.headers().contains(HttpHeaders.CONTENT_LENGTH);
    response.setChunked(!known && answer.statusCode() != 204 && answer.statusCode() != 304);
    boolean early = hasBody() && !request.isEnded();
    if (early && !Http2.carries(request)) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    return answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onSuccess(passed -> endIfEarly(early))
        .recover(
            broken -> {
              log.debug("Answer broken off: cause={}", broken.toString());
              // Half an answer must not pass for a whole one.
              response.reset();
              return Future.succeededFuture();
            });
  }

  /** A worker that answers before it has the whole body refuses it. */
  private void endIfEarly(boolean early) {
    if (early) {
      request.resume();
      leftovers.dismiss(request);
    }
  }

  /** In HTTP/2 a request is closed behind its answer too. */
  private void giveUp(HttpClientRequest outgoing) {
    if (!request.response().ended()) {
      outgoing.reset();
    }
  }

  private Future<Void> unanswered(String worker, Throwable cause) {
    log.debug("Request not answered: url={} cause={}", worker, cause.toString());
    if (Methods.isRead(request.method())) {
      return hasBody() ? Faults.ofRead(cause) : attempt();
    }
    throw new Rejection(
        Faults.outcomeUnknown("The worker did not answer; the write may apply all the same"));
  }

  private boolean hasBody() {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || (Http2.carries(request) && request.method().equals(HttpMethod.PUT));
  }

  private static long patience(Target target, int otherwise) {
    String query = target.query();
    Matcher timeout = TIMEOUT.matcher(query == null ? "" : query);
    return timeout.find() ? Long.parseLong(timeout.group(1)) : otherwise;
  }

  /** The target as it came; octets beyond ASCII are escaped, for the client would recode them. */
  private static String ascii(Target target) {
    String raw = target.query() == null ? target.path() : target.path() + "?" + target.query();
    StringBuilder uri = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char octet = raw.charAt(i);
      if (octet < 0x80) {
        uri.append(octet);
      } else {
        uri.append('%').append(Integer.toHexString(0x100 | (octet & 0xff)).substring(1));
      }
    }
    return uri.toString();
  }
}
