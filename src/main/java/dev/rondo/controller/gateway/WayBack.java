package dev.rondo.controller.gateway;

import dev.rondo.http.ContentLength;
import dev.rondo.http.Http2;
import dev.rondo.http.Leftovers;
import dev.rondo.http.Outflow;
import dev.rondo.http.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's answer on its way to the client. One whose length is known is fetched from the worker
 * whatever the client takes, for others wait for that connection; how much of it all may lie here
 * is limited. A stream goes no faster than its client takes it.
 *
 * <p>An answer is broken off when nothing of it moves any more, be it that the client takes nothing
 * or that the worker hangs.
 */
final class WayBack {

  private static final Logger log = LoggerFactory.getLogger(WayBack.class);

  /** Others need not wait for these. */
  private static final int SMALL_BYTES = 64 << 10;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final boolean hasBody;
  private final Patience patience;
  private final Leftovers leftovers;

  /**
   * What clients may keep waiting.
   *
   * @param stallMillis how long nothing may move; up to twice that long before it is noticed
   * @param outflow counts the answers that lie here
   * @param turn ends where there is little that could lie here
   */
  record Patience(long stallMillis, Outflow outflow, Turns.Turn turn) {}

  /** An answer to a request. */
  WayBack(Vertx vertx, HttpServerRequest request, boolean hasBody, Patience patience) {
    this.vertx = vertx;
    this.request = request;
    this.hasBody = hasBody;
    this.patience = patience;
    this.leftovers = new Leftovers(vertx, 0);
  }

  /**
   * Completes when all of it was passed on, or when that is not possible any more; throws {@link
   * Rejection} when too much waits already.
   */
  Future<Void> pass(HttpClientResponse answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return answer.end();
    }
    int bytes = admit(answer);
    if (bytes < SMALL_BYTES) {
      patience.turn().end();
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
    return passBody(answer, response)
        .onComplete(
            over -> {
              vertx.cancelTimer(watch);
              patience.outflow().over(bytes);
            })
        .onSuccess(passed -> endIfEarly(early))
        .recover(
            broken -> {
              log.debug("Answer broken off: cause={}", broken.toString());
              // Half an answer must not pass for a whole one.
              Http2.breakOff(request);
              return Future.succeededFuture();
            });
  }

  /** Takes the room for a value or a page, and returns its length; 0 for all else. */
  private int admit(HttpClientResponse answer) {
    long length = ContentLength.of(answer.headers());
    if (!request.method().equals(HttpMethod.GET) || length > Integer.MAX_VALUE) {
      return 0;
    }
    try {
      patience.outflow().admit((int) length);
      return (int) length;
    } catch (Rejection tooMuch) {
      answer.exceptionHandler(expected -> {});
      answer.request().reset();
      throw tooMuch;
    }
  }

  private Future<Void> passBody(HttpClientResponse answer, HttpServerResponse response) {
    long length = ContentLength.of(answer.headers());
    return length > 0 && length <= Integer.MAX_VALUE && !request.method().equals(HttpMethod.HEAD)
        ? fetch(answer, response, length)
        : answer.pipe().endOnFailure(false).to(response);
  }

  /**
   * The last bytes end the answer: over HTTP/2 a frame of its own for that is held back by some.
   */
  private static Future<Void> fetch(
      HttpClientResponse answer, HttpServerResponse response, long length) {
    Buffer[] last = {Buffer.buffer()};
    long[] left = {length};
    answer.handler(
        piece -> {
          left[0] -= piece.length();
          if (left[0] > 0) {
            response.write(piece);
          } else {
            last[0] = piece;
          }
        });
    return answer.end().compose(whole -> response.end(last[0]));
  }

  private long watch(HttpClientResponse answer, HttpServerResponse response) {
    long[] before = {-1};
    return vertx.setPeriodic(
        patience.stallMillis(),
        again -> {
          long now = response.bytesWritten();
          if (now == before[0]) {
            log.debug("Answer broken off: nothing moves, bytes={}", now);
            Http2.breakOff(request);
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
