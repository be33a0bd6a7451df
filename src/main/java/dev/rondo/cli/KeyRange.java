package dev.rondo.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which keys a command is about. */
final class KeyRange {

  @Option(names = "--prefix", paramLabel = "TEXT", description = "keys that start with this")
  private String prefix = "";

  @Option(names = "--start", paramLabel = "KEY", description = "from this key on")
  private String start = "";

  @Option(names = "--end", paramLabel = "KEY", description = "up to before this key")
  private String end = "";

  /** Whether these are all keys. */
  boolean isEverything() {
    return prefix.isEmpty() && start.isEmpty() && end.isEmpty();
  }

  /** Whether a key is one of these; keys are in the order of their bytes. */
  boolean contains(String key) {
    return key.startsWith(prefix)
        && order(key, start) >= 0
        && (end.isEmpty() || order(key, end) < 0);
  }

  private static int order(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The parameters that say so; behind a key, unless it is empty. */
  Map<String, String> parameters(String behind) {
    Map<String, String> parameters = new TreeMap<>();
    put(parameters, "prefix", prefix);
    put(parameters, "start", behind.isEmpty() ? start : behind + "\0");
    put(parameters, "end", end);
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.put(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
