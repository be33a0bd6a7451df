package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads values: limited in size, in their sum, and in the time between two pieces and in all. When
 * too many are here their clients have to wait before they can send more.
 *
 * <p>One timer watches over all bodies, so that a value that comes with its headers costs none. It
 * is one of the event loop and not of the verticle, which may be gone before the last body.
 */
public final class Intake {

  private static final long WATCH_MILLIS = 100;

  private final int bytesMax;
  private final IntakeQueue queue;
  private final long silenceNanos;
  private final long totalNanos;
  private final Set<ValueBody> underway = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ContextInternal context;
  private @Nullable ScheduledFuture<?> watch;
  private long bodies;

  /**
   * An intake that reads nothing yet.
   *
   * @param bytesMax of one value
   * @param sumMax of all values that were not released; one may go beyond it
   * @param silenceMillis between two pieces of one value at most, and that one may wait for room
   * @param totalMillis for one value at most
   */
  public Intake(Vertx vertx, int bytesMax, long sumMax, long silenceMillis, long totalMillis) {
    this.bytesMax = bytesMax;
    this.queue = new IntakeQueue(sumMax, bytesMax);
    this.silenceNanos = TimeUnit.MILLISECONDS.toNanos(silenceMillis);
    this.totalNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(silenceMillis, totalMillis));
    this.context = (ContextInternal) vertx.getOrCreateContext();
  }

  /**
   * Reads the value of a request, which was not read before. Fails with a {@link Rejection}; who
   * gets the value has to {@link #release} it.
   */
  public Future<Bytes> read(HttpServerRequest request) {
    long announced = ContentLength.of(request);
    if (announced > bytesMax) {
      throw new Rejection(tooLarge(bytesMax));
    }
    ValueBody body = new ValueBody(request, queue, bodies++, bytesMax, announced);
    underway.add(body);
    watchOver();
    Future<Bytes> value = body.read();
    value.onComplete(
        done -> {
          underway.remove(body);
          queue.leave(body);
        });
    invite(request);
    return value;
  }

  /**
   * Throws a body away that says nothing; completes at its end, at once where none is announced.
   * For whoever changes something: a request of which the rest cannot be read is refused, and what
   * is refused must not be done.
   */
  public Future<Void> discard(HttpServerRequest request) {
    return ContentLength.announcesBody(request)
        ? read(request).onSuccess(this::release).mapEmpty()
        : Future.succeededFuture();
  }

  /** Tells a client that waits for it to go on; HTTP/1.0 has no such answer. */
  public static void invite(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.EXPECT)
        && request.version() != HttpVersion.HTTP_1_0) {
      request.response().writeContinue();
    }
  }

  /** The value is no longer needed. */
  public void release(Bytes value) {
    queue.giveBack(value.length());
  }

  /** What the sender of too large a value is told. */
  public static Problem tooLarge(int bytesMax) {
    return Problem.of(
            ProblemCode.VALUE_TOO_LARGE, "Allowed are values of at most " + bytesMax + " bytes")
        .member("valueBytesMax", bytesMax);
  }

  /** What the sender of half a value is told, or of something that no value can be read from. */
  public static Problem garbled() {
    return Problem.of(ProblemCode.MALFORMED_BODY, "The body is cut off or garbled");
  }

  private void watchOver() {
    if (watch == null) {
      watch =
          context
              .nettyEventLoop()
              .scheduleWithFixedDelay(
                  () -> context.emit(null, tick -> look()),
                  WATCH_MILLIS,
                  WATCH_MILLIS,
                  TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    long now = System.nanoTime();
    List.copyOf(underway).forEach(body -> body.check(now, silenceNanos, totalNanos));
    if (underway.isEmpty() && watch != null) {
      watch.cancel(false);
      watch = null;
    }
  }
}
