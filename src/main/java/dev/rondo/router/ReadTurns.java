package dev.rondo.router;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets reads begin while the values of those before are not too much to hold: each has its value
 * long before the other owners have said that it is the newest one. How large a value is, nobody
 * knows before it is there; so a few may be expected at a time, and so many bytes be there.
 */
final class ReadTurns {

  private static final int EXPECTED_AT_LEAST = 4;
  private static final int EXPECTED_AT_MOST = 64;

  /** Of the heap. */
  private static final int EXPECTED_SHARE = 8;

  private static final int HELD_SHARE = 16;

  private final Pacer pacer;
  private final int expectedMax;
  private final long bytesMax;
  private final ArrayDeque<Promise<Void>> waiting = new ArrayDeque<>();
  private int expected;
  private long bytes;

  /**
   * Turns that nobody has taken.
   *
   * @param expectedMax values that may be on their way from where they are stored
   * @param bytesMax above which no read begins
   */
  ReadTurns(Pacer pacer, int expectedMax, long bytesMax) {
    this.pacer = pacer;
    this.expectedMax = expectedMax;
    this.bytesMax = bytesMax;
  }

  /** As many as the heap bears, of values that are as large as they may be. */
  static ReadTurns of(Pacer pacer, long valueBytesMax, long heapBytes) {
    long most = Math.max(EXPECTED_AT_LEAST, heapBytes / EXPECTED_SHARE / valueBytesMax);
    return new ReadTurns(pacer, (int) Math.min(EXPECTED_AT_MOST, most), heapBytes / HELD_SHARE);
  }

  /**
   * Does it when it is its turn, or {@code late} when that does not come within {@code millis}.
   * Whoever has begun expects a value until it says that it {@linkplain #arrived has arrived}.
   */
  <T> Future<T> await(long millis, Supplier<Future<T>> then, Supplier<T> late) {
    if (waiting.isEmpty() && isOpen()) {
      expected++;
      return then.get();
    }
    Promise<Void> turn = Promise.promise();
    waiting.add(turn);
    return pacer
        .within(millis, turn.future())
        .compose(
            begun -> then.get(),
            tooLate -> {
              waiting.remove(turn);
              return Future.succeededFuture(late.get());
            });
  }

  /** A value that was expected is there, or will not come. */
  void arrived() {
    expected--;
    beginNext();
  }

  /** What is held has grown by so much, or less is held. */
  void held(int more) {
    bytes += more;
    beginNext();
  }

  private void beginNext() {
    while (!waiting.isEmpty() && isOpen()) {
      expected++;
      waiting.remove().complete();
    }
  }

  private boolean isOpen() {
    return expected < expectedMax && bytes <= bytesMax;
  }
}
