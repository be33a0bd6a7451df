package dev.rondo.config;

/**
 * The tolerance between the workers' wall clocks.
 *
 * @param maxDriftMillis beyond which versions are refused and a worker no longer coordinates
 */
public record ClockConfig(int maxDriftMillis) {

  public ClockConfig {
    Check.range("clock.maxDriftMillis", maxDriftMillis, 10, 3_600_000);
  }
}
