package dev.rondo.config;

/**
 * How copies are made equal in the background.
 *
 * @param bytesPerSecond of records that one worker fetches and sends to that end, altogether
 * @param intervalSeconds after which this worker exchanges with every peer again
 * @param exchangesMax calls of peers that compare, answered at a time
 * @param checkSeconds after which the Merkle trees are compared with the index
 */
public record RepairConfig(
    long bytesPerSecond, int intervalSeconds, int exchangesMax, int checkSeconds) {

  /** What applies when nobody says anything. */
  public static final RepairConfig USUAL = new RepairConfig(16 << 20, 600, 8, 21_600);

  public RepairConfig {
    Check.range("repair.bytesPerSecond", bytesPerSecond, 1024, Long.MAX_VALUE);
    Check.range("repair.intervalSeconds", intervalSeconds, 1, 30 * 86_400);
    Check.range("repair.exchangesMax", exchangesMax, 1, 256);
    Check.range("repair.checkSeconds", checkSeconds, 1, 365 * 86_400);
  }
}
