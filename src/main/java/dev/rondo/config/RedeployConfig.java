package dev.rondo.config;

import java.nio.file.Path;

/**
 * How verticles of a running node are replaced.
 *
 * @param jarDirectory the only folder from which other code is taken; it need not exist
 * @param readySeconds within which a new generation must have started, or it is dropped
 * @param drainSeconds which the former generation has to end what it began
 */
public record RedeployConfig(Path jarDirectory, int readySeconds, int drainSeconds) {

  static final int READY_SECONDS = 10;
  static final int DRAIN_SECONDS = 10;

  public RedeployConfig {
    Check.range("redeploy.readySeconds", readySeconds, 1, 300);
    Check.range("redeploy.drainSeconds", drainSeconds, 1, 300);
  }

  /** What applies when nobody says anything. */
  static RedeployConfig usual(Path data) {
    return new RedeployConfig(data.resolve("jars"), READY_SECONDS, DRAIN_SECONDS);
  }
}
