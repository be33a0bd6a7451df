package dev.rondo.config;

/**
 * How copies are made equal in the background.
 *
 * @param bytesPerSecond of records that one worker fetches and sends to that end, altogether
 */
public record RepairConfig(long bytesPerSecond) {

  /** What applies when nobody says anything. */
  public static final RepairConfig USUAL = new RepairConfig(16 << 20);

  public RepairConfig {
    Check.range("repair.bytesPerSecond", bytesPerSecond, 1024, Long.MAX_VALUE);
  }
}
