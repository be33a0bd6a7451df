package dev.rondo.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends values, with a limit to the sum of those that clients have asked for and do not take.
 *
 * <p>A client can ask for a hundred at a time and read none of them; each stays in memory until its
 * connection is closed. Small ones are not counted: there cannot be so many.
 */
public final class Outflow {

  private static final int COUNTED_FROM_BYTES = 16 << 10;

  private final Allowance allowance;

  /** Has so many bytes on their way at a time. */
  public Outflow(long sumMax) {
    this.allowance = new Allowance(sumMax);
  }

  /** Ends the answer with a value; throws {@link Rejection} when too much waits already. */
  public void end(HttpServerResponse response, Buffer value) {
    int bytes = value.length();
    if (bytes < COUNTED_FROM_BYTES) {
      response.end(value);
    } else if (allowance.take(bytes)) {
      response.end(value).onComplete(gone -> allowance.giveBack(bytes));
    } else {
      throw new Rejection(Problem.overloaded("Too many values are on their way out"));
    }
  }
}
