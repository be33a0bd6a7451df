package dev.rondo.config;

/** Refuses impossible settings with a message that names the key, its value and what is allowed. */
final class Check {

  private Check() {}

  static void range(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(key, value, least + " to " + most);
    }
  }

  /** An address of IPv6 is none yet: it would need brackets in some places and none in others. */
  static void host(String key, String host) {
    that(
        !host.isBlank() && host.indexOf(':') < 0,
        key,
        "'" + host + "'",
        "a name, or an address of IPv4");
  }

  static void that(boolean holds, String key, Object value, String allowed) {
    if (!holds) {
      throw new ConfigException(key, value, allowed);
    }
  }
}
