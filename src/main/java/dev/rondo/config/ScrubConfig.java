package dev.rondo.config;

/**
 * How what is stored is verified in the background.
 *
 * @param intervalSeconds from the end of one run to the beginning of the next; 0 for never
 * @param bytesPerSecond that a run reads; a record counts as 1 KiB at least
 */
public record ScrubConfig(int intervalSeconds, long bytesPerSecond) {

  /** What applies when nobody says anything. */
  public static final ScrubConfig USUAL = new ScrubConfig(3600, 4 << 20);

  public ScrubConfig {
    Check.range("storage.scrubIntervalSeconds", intervalSeconds, 0, 31_536_000);
    Check.range("storage.scrubBytesPerSecond", bytesPerSecond, 1024, Long.MAX_VALUE);
  }
}
