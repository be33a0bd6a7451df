package dev.rondo.config;

/** A setting that is unknown or impossible; the message is one line for a person to read. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String key, Object value, String allowed) {
    super("%s is %s, allowed: %s".formatted(key, value, allowed));
  }

  public ConfigException(String message) {
    super(message);
  }
}
