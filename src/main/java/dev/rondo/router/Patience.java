package dev.rondo.router;

import io.vertx.core.Vertx;

/**
 * The patience with a write, by the size of its value. A large one takes its time on its ways and
 * on the disks; to ask another worker soon would send it once more without need.
 *
 * @param usual for everything else
 * @param large judges by large values alone when to be more patient
 */
record Patience(Pacer usual, Pacer large) {

  /** From here on a value is large. */
  static final int LARGE_BYTES = 64 << 10;

  /** How much longer large values are waited for. */
  private static final int LARGE_FACTOR = 8;

  static Patience of(Vertx vertx, long hedgeMillis) {
    return new Patience(
        new Pacer(vertx, hedgeMillis), new Pacer(vertx, LARGE_FACTOR * hedgeMillis));
  }

  /** How many usual delays one of {@link #with} stands for. */
  static int delays(int bytes) {
    return bytes < LARGE_BYTES ? 1 : LARGE_FACTOR;
  }

  /** With a value of so many bytes. */
  Pacer with(int bytes) {
    return bytes < LARGE_BYTES ? usual : large;
  }
}
