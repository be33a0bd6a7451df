package dev.rondo.controller.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;

/**
 * Has many reads at a time wait for each other, so that their values are not all here at once. It
 * is no limit: who waits while nobody in front gets any further goes on, for those may be clients
 * that take nothing.
 */
final class Turns {

  private static final long LOOK_MILLIS = 500;
  private static final int LOOKS_MAX = 10;

  private final Vertx vertx;
  private final int most;
  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private int underway;
  private long ended;

  /** Lets so many go at a time. */
  Turns(Vertx vertx, int most) {
    this.vertx = vertx;
    this.most = most;
  }

  /** One read, from its beginning until its value is with the client, or is known to be small. */
  final class Turn {
    private final Promise<Turn> begin = Promise.promise();
    private boolean counted;

    private void begin() {
      counted = true;
      underway++;
      begin.complete(this);
    }

    /** More than once is as good as once. */
    void end() {
      if (counted) {
        counted = false;
        underway--;
        ended++;
        beginNext();
      }
    }
  }

  /** Completes when it is somebody's turn, who has to {@linkplain Turn#end end} it. */
  Future<Turn> next() {
    Turn turn = new Turn();
    waiting.add(turn);
    beginNext();
    if (!turn.begin.future().isComplete()) {
      look(turn, LOOKS_MAX);
    }
    return turn.begin.future();
  }

  /** For whom nobody has to wait, and who waits for nobody. */
  Future<Turn> none() {
    return Future.succeededFuture(new Turn());
  }

  private void look(Turn turn, int looks) {
    long before = ended;
    vertx.setTimer(
        LOOK_MILLIS,
        later -> {
          if (turn.begin.future().isComplete()) {
            return;
          }
          if (ended == before || looks == 0) {
            waiting.remove(turn);
            turn.begin.complete(turn);
          } else {
            look(turn, looks - 1);
          }
        });
  }

  private void beginNext() {
    while (!waiting.isEmpty() && underway < most) {
      waiting.remove().begin();
    }
  }
}
