package dev.rondo.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where somebody listens, as far as the configuration says: each host and port once. */
final class Places {

  /** A port that the system chooses is nobody else's. */
  private static final int FREE = 0;

  private final Map<String, String> settings = new HashMap<>();

  /** Notes that {@code setting} has it; fails with {@link ConfigException} if another one does. */
  void take(String setting, String host, int port) {
    String other =
        port == FREE
            ? null
            : settings.putIfAbsent(host.toLowerCase(Locale.ROOT) + ":" + port, setting);
    Check.that(other == null, setting, port, "another one than " + other);
  }
}
