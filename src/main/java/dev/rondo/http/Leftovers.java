package dev.rondo.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The part of a request's body that nobody wants to read any more, because the answer is known
 * before.
 *
 * <p>A little is read and thrown away, and the connection lives on. Where much may come, or nobody
 * knows how much, the client is told that the connection ends here; but it ends a moment later, or
 * as soon as the body does: closing on top of unread bytes resets the connection, and the answer
 * could get lost on its way. In HTTP/2 only the request ends that way, and the connection goes on.
 */
public final class Leftovers {

  /** How long a client has to read its answer and to stop sending. */
  public static final long LINGER_MILLIS = 2000;

  /** In HTTP/2: there is nothing wrong, the rest is just not wanted. */
  private static final long NO_ERROR = 0;

  private final Vertx vertx;
  private final int drainMax;

  /** Reads up to {@code drainMax} bytes for nothing. */
  public Leftovers(Vertx vertx, int drainMax) {
    this.vertx = vertx;
    this.drainMax = drainMax;
  }

  /** Whether the connection has to end because of what is left. */
  public boolean endConnection(HttpServerRequest request) {
    if (request.isEnded() || Http2.carries(request)) {
      return false;
    }
    if (request.headers().contains(HttpHeaders.EXPECT)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      return true;
    }
    return ContentLength.of(request) > drainMax;
  }

  /** Ends what was answered before all of it was read: the request, or in HTTP/1 its connection. */
  public void dismiss(HttpServerRequest request) {
    if (Http2.carries(request)) {
      abandon(request);
    } else {
      linger(request);
    }
  }

  /** Ends the connection once the client has had time to read the answer. */
  public void linger(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      connection.close();
    } else {
      // What cannot be read ends the connection as well; closing it first flushes the answer.
      drain(request, connection::close, connection::close);
    }
  }

  /** Ends a request that was answered, and not its connection; its end may be just behind. */
  public void abandon(HttpServerRequest request) {
    vertx.runOnContext(
        soon -> {
          if (!request.isEnded() && !request.response().closed()) {
            drain(request, () -> request.response().reset(NO_ERROR), () -> {});
          }
        });
  }

  private void drain(HttpServerRequest request, Runnable then, Runnable broken) {
    long timer = vertx.setTimer(LINGER_MILLIS, late -> then.run());
    request.handler(piece -> {});
    request.exceptionHandler(
        gone -> {
          vertx.cancelTimer(timer);
          broken.run();
        });
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          then.run();
        });
  }
}
