package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value on its way in. It becomes bytes when all of it has arrived, and never otherwise.
 *
 * <p>A value that comes in one piece is not copied.
 */
final class ValueBody {

  private static final byte[] NOTHING = new byte[0];

  private final HttpServerRequest request;
  private final IntakeQueue queue;
  private final long number;
  private final int bytesMax;
  private final long announced;
  private final long startedNanos;
  private final Promise<Bytes> promise = Promise.promise();
  private byte[] collected = NOTHING;
  private Bytes value = Bytes.EMPTY;
  private int size;

  /** The next piece, while there is no room for it. */
  private @Nullable Buffer next;

  private long heardNanos;

  /**
   * A body that nobody has started to read.
   *
   * @param number of the bodies before it
   * @param bytesMax that it may have
   * @param announced its length, below zero if that is not known
   */
  ValueBody(
      HttpServerRequest request, IntakeQueue queue, long number, int bytesMax, long announced) {
    this.request = request;
    this.queue = queue;
    this.number = number;
    this.bytesMax = bytesMax;
    this.announced = announced;
    this.startedNanos = System.nanoTime();
    this.heardNanos = startedNanos;
  }

  /** Starts to read. */
  Future<Bytes> read() {
    request.handler(this::piece);
    request.endHandler(end -> complete());
    request.exceptionHandler(broken -> fail(Intake.garbled()));
    return promise.future();
  }

  long number() {
    return number;
  }

  /** How many bytes it waits for room for. */
  int wanted() {
    return Objects.requireNonNull(next).length();
  }

  /** There is room for what it waited with. */
  void goOn() {
    Buffer piece = Objects.requireNonNull(next);
    next = null;
    accept(piece);
    Brake.off(request);
  }

  /** Gives up when nothing came for a while, or when all of it takes too long. */
  void check(long nowNanos, long silenceNanos, long totalNanos) {
    if (nowNanos - heardNanos > silenceNanos || nowNanos - startedNanos > totalNanos) {
      fail(
          next == null
              ? Problem.of(
                  ProblemCode.REQUEST_TIMEOUT,
                  "After %d bytes of the value, no more came".formatted(size))
              : overloaded());
    }
  }

  private static Problem overloaded() {
    return Problem.overloaded("Too many values are on their way in");
  }

  private void piece(Buffer piece) {
    if (promise.future().isComplete() || piece.length() == 0) {
      return; // HTTP/2 may end a value with a frame of nothing
    }
    if (piece.length() > bytesMax - size) {
      fail(Intake.tooLarge(bytesMax));
      return;
    }
    switch (queue.take(this, piece.length(), isWhole(piece))) {
      case TAKEN -> accept(piece);
      case WAITS -> hold(piece);
      case REFUSED -> fail(overloaded());
    }
  }

  private void hold(Buffer piece) {
    next = piece;
    heardNanos = System.nanoTime();
    Brake.on(request);
  }

  private void accept(Buffer piece) {
    heardNanos = System.nanoTime();
    add(piece);
  }

  private boolean isWhole(Buffer piece) {
    return size == 0 && piece.length() == announced;
  }

  private void add(Buffer piece) {
    if (isWhole(piece)) {
      value = wrap(piece);
    } else {
      if (collected.length - size < piece.length()) {
        collected = Arrays.copyOf(collected, capacityFor(size + piece.length()));
      }
      piece.getBytes(collected, size);
    }
    size += piece.length();
  }

  /** Doubles, so that a client that announces much and sends little costs little. */
  private int capacityFor(int needed) {
    long most = announced < 0 ? bytesMax : announced;
    return (int) Math.max(needed, Math.min(most, 2L * needed));
  }

  /** The array itself only where it holds nothing else: the server might reuse the rest of it. */
  private static Bytes wrap(Buffer piece) {
    ByteBuf buffer = ((BufferInternal) piece).getByteBuf();
    boolean alone = buffer.hasArray() && buffer.array().length == piece.length();
    return Bytes.wrap(alone ? buffer.array() : piece.getBytes());
  }

  private void complete() {
    promise.tryComplete(collected.length == 0 ? value : Bytes.wrap(collected).slice(0, size));
  }

  private void fail(Problem problem) {
    if (promise.tryFail(new Rejection(problem))) {
      if (next != null) {
        next = null;
        Brake.off(request);
      }
      queue.giveBack(size);
    }
  }
}
