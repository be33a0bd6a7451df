package dev.rondo.config;

/**
 * The REST interface.
 *
 * @param port 0 picks a free one
 * @param instances event loops and HTTP verticles; 0 for one a core
 * @param valueBytesMax the largest value
 * @param connectionsMax open client connections at most
 * @param idleSeconds after which a silent connection is closed
 * @param corsOrigin the dashboard's origin, which alone may call from a browser
 */
public record HttpConfig(
    int port,
    int instances,
    int valueBytesMax,
    int connectionsMax,
    int idleSeconds,
    String corsOrigin) {

  public HttpConfig {
    Check.range("http.port", port, 0, 65535);
    Check.range("http.instances", instances, 0, 256);
    Check.range("http.valueBytesMax", valueBytesMax, 1, 64 << 20);
    Check.range("http.connectionsMax", connectionsMax, 1, 1_000_000);
    Check.range("http.idleSeconds", idleSeconds, 1, 86_400);
  }

  /** How many event loops and HTTP verticles to start. */
  public int instancesFor(int cores) {
    return instances == 0 ? Math.max(1, cores) : instances;
  }
}
