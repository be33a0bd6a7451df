package dev.rondo.router;

import dev.rondo.bus.Underway;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets a few large values be written at a time, and the others wait until it is their turn. All at
 * once would fill the ways to the peers and the disk, and most would be late; who waits here has
 * sent nothing yet, so that nothing is uncertain when it takes too long. How many can wait is
 * bounded by the memory for values that clients have sent.
 */
final class Turns {

  private record Turn(int bytes, Promise<Void> begin) {}

  private final Pacer pacer;
  private final long bytesMax;
  private final Underway count;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private long underway;

  /**
   * Turns for so many bytes at a time, or for one value that is larger.
   *
   * @param count of those that wait
   */
  Turns(Pacer pacer, long bytesMax, Underway count) {
    this.pacer = pacer;
    this.bytesMax = bytesMax;
    this.count = count;
  }

  /**
   * Does it when it is its turn, at once with a value that is not large; {@code late} when that
   * does not come within {@code millis}.
   */
  <T> Future<T> await(int bytes, long millis, Supplier<Future<T>> then, T late) {
    if (bytes < Patience.LARGE_BYTES) {
      return then.get();
    }
    Turn turn = new Turn(bytes, Promise.promise());
    waiting.add(turn);
    count.begun();
    beginNext();
    return pacer
        .within(millis, turn.begin().future())
        .compose(
            begun -> take(turn, then),
            tooLate -> {
              waiting.remove(turn);
              count.settled();
              beginNext();
              return Future.succeededFuture(late);
            });
  }

  private <T> Future<T> take(Turn turn, Supplier<Future<T>> then) {
    return Future.<Void>succeededFuture()
        .compose(begun -> then.get())
        .onComplete(done -> end(turn));
  }

  private void end(Turn turn) {
    underway -= turn.bytes();
    beginNext();
  }

  private void beginNext() {
    for (Turn next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
      waiting.remove();
      underway += next.bytes();
      next.begin().complete();
      count.settled();
    }
  }

  private boolean fits(Turn next) {
    return underway == 0 || underway + next.bytes() <= bytesMax;
  }
}
