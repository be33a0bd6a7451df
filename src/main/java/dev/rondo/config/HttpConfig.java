package dev.rondo.config;

import java.util.regex.Pattern;

/**
 * The REST interface.
 *
 * @param port 0 picks a free one
 * @param instances event loops and HTTP verticles; 0 for one a core
 * @param valueBytesMax the largest value; the setting {@code limits.valueBytesMax}
 * @param connectionsMax open client connections at most
 * @param idleSeconds after which a silent connection is closed
 * @param corsOrigin the dashboard's origin, which alone may call from a browser; empty for none
 */
public record HttpConfig(
    int port,
    int instances,
    int valueBytesMax,
    int connectionsMax,
    int idleSeconds,
    String corsOrigin) {

  /** What a browser sends has no path and no capital letters. */
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  public HttpConfig {
    Check.range("http.port", port, 0, 65535);
    Check.range("http.instances", instances, 0, 256);
    Check.range("limits.valueBytesMax", valueBytesMax, 1, 64 << 20);
    Check.range("http.connectionsMax", connectionsMax, 1, 1_000_000);
    Check.range("http.idleSeconds", idleSeconds, 1, 86_400);
    Check.that(
        corsOrigin.isEmpty() || ORIGIN.matcher(corsOrigin).matches(),
        "http.corsOrigin",
        "'" + corsOrigin + "'",
        "one origin as browsers send it, http://host:port in small letters, or nothing");
  }

  /** How many event loops and HTTP verticles to start. */
  public int instancesFor(int cores) {
    return instances == 0 ? Math.max(1, cores) : instances;
  }
}
