package dev.rondo.controller.gateway;

import dev.rondo.http.Brake;
import dev.rondo.http.ContentLength;
import dev.rondo.http.Faults;
import dev.rondo.http.Http2;
import dev.rondo.http.Intake;
import dev.rondo.http.Methods;
import dev.rondo.http.Problem;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import dev.rondo.http.Target;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to a worker, as fast as the worker takes it.
 *
 * <p>As long as no connection is there nothing was sent, and the next worker is tried. After that
 * only what changes nothing and has no body is tried again, be it that a connection breaks or that
 * the worker is silent; of a write nobody knows whether it applies. All attempts together have the
 * time that the client gives to one.
 */
final class Passage {
  private static final Logger log = LoggerFactory.getLogger(Passage.class);

  private static final Pattern TIMEOUT = Pattern.compile("(?:^|&)timeout=([0-9]{1,6})(?:&|$)");
  private static final long SLACK_MILLIS = 1000;

  /** Of silence, before a read asks another worker; twice that before it asks a third one. */
  private static final long SILENCE_MILLIS = 500;

  /** The first page of a listing is much work, also for a worker that is well. */
  private static final long LISTING_SILENCE_MILLIS = 2000;

  /** More than a worker waits for a value, so that it is the worker who loses patience. */
  private static final long UPLOAD_MILLIS = 150_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final HttpServerRequest request;
  private final Target target;
  private final ArrayDeque<String> workers;
  private final long patienceMillis;
  private final WayBack.Patience withClients;
  private final long startedNanos = System.nanoTime();
  private long silenceMillis;
  private boolean busy;

  Passage(
      Vertx vertx,
      HttpClient client,
      HttpServerRequest request,
      Target target,
      int timeoutMillis,
      WayBack.Patience withClients,
      ArrayDeque<String> workers) {
    this.vertx = vertx;
    this.client = client;
    this.request = request;
    this.target = target;
    this.workers = workers;
    this.patienceMillis = patience(target, timeoutMillis) + SLACK_MILLIS;
    this.withClients = withClients;
    this.silenceMillis =
        target.path().equals(Gateway.LISTING) ? LISTING_SILENCE_MILLIS : SILENCE_MILLIS;
  }

  /** Completes when the answer was passed on; fails when there is none. */
  Future<Void> attempt() {
    String worker = workers.poll();
    long leftMillis = leftMillis();
    if (isOver()) {
      return Future.succeededFuture();
    }
    if (worker == null || leftMillis <= 0) {
      return Future.failedFuture(new Rejection(nobody()));
    }
    return client
        .request(
            new RequestOptions()
                .setAbsoluteURI(worker)
                .setURI(ascii(target))
                .setMethod(request.method())
                .setConnectTimeout(Math.min(leftMillis, Gateway.QUEUE_MILLIS)))
        .transform(
            connected ->
                connected.succeeded()
                    ? pass(connected.result(), worker)
                    : unreachable(worker, connected.cause(), leftMillis));
  }

  /** Whether the client has gone, or was told already that its body cannot be read. */
  private boolean isOver() {
    return request.response().closed() || request.response().ended();
  }

  private long leftMillis() {
    return patienceMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  private Problem nobody() {
    if (busy) {
      return Problem.overloaded("Too many requests wait for the workers; repeating is safe");
    }
    return Problem.of(
        ProblemCode.QUORUM_UNAVAILABLE,
        canRepeat()
            ? "No worker in reach has answered; repeating is safe"
            : "No worker is in reach; nothing was sent");
  }

  /** Also where too many requests wait for a connection already: others may have one. */
  private Future<Void> unreachable(String worker, Throwable cause, long leftMillis) {
    log.debug("Worker not reached: url={} cause={}", worker, cause.toString());
    busy |=
        cause instanceof ConnectionPoolTooBusyException
            || (cause instanceof TimeoutException && leftMillis >= Gateway.QUEUE_MILLIS);
    return attempt();
  }

  private Future<Void> pass(HttpClientRequest outgoing, String worker) {
    if (isOver()) {
      // The client has left while this waited for a connection, which others wait for too.
      outgoing.exceptionHandler(expected -> {});
      outgoing.reset();
      return Future.succeededFuture();
    }
    HopHeaders.copy(request.headers(), outgoing.headers());
    if (request.version() == HttpVersion.HTTP_1_0) {
      // No stream whose end the client could not tell from a broken connection.
      outgoing.headers().remove(HttpHeaders.ACCEPT);
    }
    return send(outgoing)
        .transform(
            answered ->
                answered.succeeded()
                    ? new WayBack(vertx, request, hasBody(request), withClients)
                        .pass(answered.result())
                    : unanswered(worker, answered.cause()));
  }

  private Future<HttpClientResponse> send(HttpClientRequest outgoing) {
    Future<HttpClientResponse> response = outgoing.response();
    request.response().closeHandler(gone -> giveUp(outgoing));
    if (!hasBody(request)) {
      limit(answerMillis(), outgoing, response);
      Http2.resume(request);
      outgoing.end();
      return response;
    }
    Intake.invite(request);
    outgoing.setChunked(!outgoing.headers().contains(HttpHeaders.CONTENT_LENGTH));
    limit(patienceMillis + UPLOAD_MILLIS, outgoing, response);
    // Also where no byte of the body comes: the worker refuses what it would not take.
    outgoing.sendHead();
    Brake.release(request);
    Promise<HttpClientResponse> answer = Promise.promise();
    response.onComplete(answer::tryComplete, answer::tryFail);
    request
        .pipe()
        .endOnFailure(false)
        .to(outgoing)
        .onFailure(broken -> refuseGarbled(broken, outgoing, answer))
        .onComplete(over -> limit(patienceMillis, outgoing, response));
    return answer.future();
  }

  /** Whether no body can be read from what the client has sent. */
  static boolean isGarbled(Throwable broken) {
    return broken instanceof DecoderException || broken instanceof IllegalArgumentException;
  }

  /** Behind this the connection is closed at once. */
  private static void refuseGarbled(
      Throwable broken, HttpClientRequest outgoing, Promise<HttpClientResponse> answer) {
    if (isGarbled(broken)) {
      answer.tryFail(new Rejection(Intake.garbled()));
      outgoing.reset();
    }
  }

  /** How long to wait for an answer: shorter while somebody else can be asked. */
  private long answerMillis() {
    long leftMillis = Math.max(1, leftMillis());
    if (!canRepeat() || workers.isEmpty()) {
      return leftMillis;
    }
    long millis = Math.min(leftMillis, silenceMillis);
    silenceMillis *= 2;
    return millis;
  }

  private void limit(long millis, HttpClientRequest outgoing, Future<HttpClientResponse> response) {
    if (!response.isComplete()) {
      long timer = vertx.setTimer(millis, late -> outgoing.reset());
      response.onComplete(done -> vertx.cancelTimer(timer));
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
    if (cause instanceof Rejection) {
      return Future.failedFuture(cause);
    }
    if (canRepeat()) {
      return attempt();
    }
    if (Methods.isRead(request.method())) {
      return Faults.ofRead(cause);
    }
    throw new Rejection(
        Faults.outcomeUnknown("The worker did not answer; the write may apply all the same"));
  }

  /** Whether it changes nothing, and is whole as long as it lasts. */
  private boolean canRepeat() {
    return Methods.isRead(request.method()) && !hasBody(request);
  }

  /** Many a client announces a body of no bytes with every request. */
  static boolean hasBody(HttpServerRequest request) {
    return ContentLength.announcesBody(request)
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
