package dev.rondo.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends values and other bodies, with a limit to the sum of those that clients have asked for and
 * do not take.
 *
 * <p>A client can ask for a hundred at a time on each connection and read none of them; each stays
 * in memory until its connection is closed. Bodies not larger than what the server keeps for any
 * request are not counted.
 */
public final class Outflow {

  private static final int COUNTED_FROM_BYTES = 1 << 10;

  private final Allowance allowance;

  /** Has so many bytes on their way at a time. */
  public Outflow(long sumMax) {
    this.allowance = new Allowance(sumMax);
  }

  /**
   * Takes the room for a value, which has to be {@linkplain #end sent} then; throws {@link
   * Rejection} when too much waits already. Nothing may have been said about the value before, for
   * that would stand in the answer that refuses it.
   */
  public void admit(int bytes) {
    if (isCounted(bytes) && !allowance.take(bytes)) {
      throw new Rejection(Problem.overloaded("Too much waits for clients that take nothing"));
    }
  }

  /** Ends the answer with a value that was admitted. */
  public void end(HttpServerResponse response, Buffer value) {
    int bytes = value.length();
    response.end(value).onComplete(gone -> over(bytes));
  }

  /** A value that was admitted is with its client, or will never be. */
  public void over(int bytes) {
    if (isCounted(bytes)) {
      allowance.giveBack(bytes);
    }
  }

  private static boolean isCounted(int bytes) {
    return bytes >= COUNTED_FROM_BYTES;
  }
}
