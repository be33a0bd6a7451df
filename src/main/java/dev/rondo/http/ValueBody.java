package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * One value on its way in. It becomes bytes when all of it has arrived, and never otherwise.
 *
 * <p>A value that comes in one piece is not copied.
 */
final class ValueBody {

  private static final byte[] NOTHING = new byte[0];

  private final HttpServerRequest request;
  private final Allowance allowance;
  private final int bytesMax;
  private final long announced;
  private final long startedNanos;
  private final Promise<Bytes> promise = Promise.promise();
  private byte[] collected = NOTHING;
  private Bytes value = Bytes.EMPTY;
  private int size;
  private long heardNanos;

  /** A body that nobody has started to read; {@code announced} is its length if that is known. */
  ValueBody(HttpServerRequest request, Allowance allowance, int bytesMax, long announced) {
    this.request = request;
    this.allowance = allowance;
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

  /** Gives up when nothing came for a while, or when all of it takes too long. */
  void check(long nowNanos, long silenceNanos, long totalNanos) {
    if (nowNanos - heardNanos > silenceNanos || nowNanos - startedNanos > totalNanos) {
      fail(
          Problem.of(
              ProblemCode.REQUEST_TIMEOUT,
              "After %d bytes of the value, no more came".formatted(size)));
    }
  }

  private void piece(Buffer piece) {
    if (promise.future().isComplete()) {
      return;
    }
    if (piece.length() > bytesMax - size) {
      fail(Intake.tooLarge(bytesMax));
    } else if (!allowance.take(piece.length())) {
      fail(Problem.overloaded("Too many values are on their way in"));
    } else {
      heardNanos = System.nanoTime();
      add(piece);
    }
  }

  private void add(Buffer piece) {
    if (size == 0 && piece.length() == announced) {
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
      allowance.giveBack(size);
    }
  }
}
