package dev.rondo.bench;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;

/** Random values of one size, cut from a block of random bytes: no two in a row are alike. */
final class Values {

  private static final int SPREAD = 64 << 10;

  private final Buffer block;
  private final int size;
  private int offset;

  Values(int size, long seed) {
    byte[] bytes = new byte[size + SPREAD];
    new SplittableRandom(seed).nextBytes(bytes);
    this.block = Buffer.buffer(bytes);
    this.size = size;
  }

  Buffer next() {
    // An odd step, so that every offset comes up before one comes again.
    offset = (offset + 40_503) & (SPREAD - 1);
    return block.slice(offset, offset + size);
  }
}
