package dev.rondo.controller.gateway;

import dev.rondo.http.Http2;
import dev.rondo.http.Leftovers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's answer on its way to the client, no faster than the client takes it. It is broken off
 * when nothing of it moves any more, be it that the client takes nothing or that the worker hangs.
 */
final class WayBack {

  private static final Logger log = LoggerFactory.getLogger(WayBack.class);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final boolean hasBody;
  private final long stallMillis;
  private final Leftovers leftovers;

  /**
   * An answer to a request.
   *
   * @param stallMillis how long nothing may move; up to twice that long before it is noticed
   */
  WayBack(Vertx vertx, HttpServerRequest request, boolean hasBody, long stallMillis) {
    this.vertx = vertx;
    this.request = request;
    this.hasBody = hasBody;
    this.stallMillis = stallMillis;
    this.leftovers = new Leftovers(vertx, 0);
  }

  /** Completes when all of it was passed on, or when that is not possible any more. */
  Future<Void> pass(HttpClientResponse answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return answer.end();
    }
    response.setStatusCode(answer.statusCode());
    HopHeaders.copy(answer.headers(), response.headers());
    boolean known = response.headers().contains(HttpHeaders.CONTENT_LENGTH);
    response.setChunked(!known && answer.statusCode() != 204 && answer.statusCode() != 304);
    boolean early = hasBody && !request.isEnded();
    if (early && !Http2.carries(request)) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    long watch = watch(answer, response);
    return answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onComplete(over -> vertx.cancelTimer(watch))
        .onSuccess(passed -> endIfEarly(early))
        .recover(
            broken -> {
              log.debug("Answer broken off: cause={}", broken.toString());
              // Half an answer must not pass for a whole one.
              response.reset();
              return Future.succeededFuture();
            });
  }

  private long watch(HttpClientResponse answer, HttpServerResponse response) {
    long[] before = {-1};
    return vertx.setPeriodic(
        stallMillis,
        again -> {
          long now = response.bytesWritten();
          if (now == before[0]) {
            log.debug("Answer broken off: nothing moves, bytes={}", now);
            response.reset();
            answer.request().reset();
          }
          before[0] = now;
        });
  }

  /** A worker that answers before it has the whole body refuses it. */
  private void endIfEarly(boolean early) {
    if (early) {
      Http2.resume(request);
      leftovers.dismiss(request);
    }
  }
}
