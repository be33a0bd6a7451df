package dev.rondo.bench;

import java.util.SplittableRandom;

/** Which keys the operations fall on. */
enum Distribution {
  /** Every key as likely as any other. */
  UNIFORM,
  /** The k-th key as likely as 1 / k^0.99, as YCSB has it: a few keys take most operations. */
  ZIPFIAN;

  private static final double EXPONENT = 0.99;

  /** Reads {@code uniform} or {@code zipfian}. */
  static Distribution parse(String text) {
    for (Distribution distribution : values()) {
      if (distribution.name().equalsIgnoreCase(text)) {
        return distribution;
      }
    }
    throw new IllegalArgumentException(
        "--distribution is '" + text + "', allowed: uniform, zipfian");
  }

  /** Draws numbers from 0 to a bound of its own. */
  interface Chooser {
    int next(SplittableRandom random);
  }

  /** Draws from {@code keys} keys, 0 to {@code keys - 1}. */
  Chooser over(int keys) {
    if (this == UNIFORM) {
      return random -> random.nextInt(keys);
    }
    Zipf zipf = new Zipf(keys, EXPONENT);
    return random -> zipf.next(random) - 1;
  }
}
