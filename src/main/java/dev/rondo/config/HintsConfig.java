package dev.rondo.config;

/**
 * Copies kept for workers that are away.
 *
 * @param windowSeconds after which a hint is dropped and left to anti-entropy
 * @param bytesMax of all hints together; more are dropped
 */
public record HintsConfig(int windowSeconds, long bytesMax) {

  public HintsConfig {
    Check.range("hints.windowSeconds", windowSeconds, 1, 30 * 86_400);
    Check.range("hints.bytesMax", bytesMax, 0, Long.MAX_VALUE);
  }
}
