package dev.rondo.http;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client connection: whether it is served, and since when it has nothing to do. */
final class Seat {

  /** How long a client has to take what is on its way, once it was told that this is the end. */
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final boolean surplus;
  private final Runnable cutOff;
  private @Nullable HttpConnection connection;
  private int requests;
  private long restingSinceNanos;
  private boolean closing;
  private long closingSinceNanos;

  /**
   * A seat on which nobody speaks yet.
   *
   * @param cutOff ends the connection whatever is on its way
   */
  Seat(boolean surplus, long nowNanos, Runnable cutOff) {
    this.surplus = surplus;
    this.restingSinceNanos = nowNanos;
    this.cutOff = cutOff;
  }

  /** Whether it came when all places were taken. */
  boolean isSurplus() {
    return surplus;
  }

  /** From now on HTTP is spoken. */
  void speaks(HttpConnection here) {
    connection = here;
  }

  void begin() {
    requests++;
  }

  void end(long nowNanos) {
    requests--;
    restingSinceNanos = nowNanos;
  }

  /** Whether no request is being served, and none was for so long. */
  boolean rests(long nowNanos, long forNanos) {
    return requests == 0 && nowNanos - restingSinceNanos > forNanos;
  }

  /** Ends the connection: politely, and when that leads to nothing by cutting it off. */
  void close(long nowNanos) {
    if (connection == null || (closing && nowNanos - closingSinceNanos > FAREWELL_NANOS)) {
      cutOff.run();
    } else if (!closing) {
      closing = true;
      closingSinceNanos = nowNanos;
      connection.close();
    }
  }
}
