package dev.rondo.config;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Settings that are changed for one verticle of a running node. */
public final class Amendment {

  /** Whole groups that only verticles read. */
  private static final Set<String> GROUPS = Set.of("timeouts", "hints", "clock", "repair");

  private static final Set<String> KEYS =
      Set.of(
          "limits.valueBytesMax",
          "http.corsOrigin",
          "grpc.queueMax",
          "storage.durability",
          "storage.syncMillis",
          "storage.reserveBytes",
          "storage.writeQueueMax",
          "storage.readQueueMax",
          "storage.readThreads");

  private Amendment() {}

  /** The configuration with the changes; fails with {@link ConfigException}. */
  public static NodeConfig of(NodeConfig config, JsonObject changes) {
    JsonObject whole = ConfigDocument.of(config);
    for (Map.Entry<String, Object> group : changes) {
      if (group.getValue() instanceof JsonObject settings
          && whole.getValue(group.getKey()) instanceof JsonObject former) {
        settings.fieldNames().forEach(name -> check(group.getKey() + "." + name));
        former.mergeIn(settings);
      } else {
        check(group.getKey());
      }
    }
    return Assembly.of(Spelling.ofJson(whole, "the request"));
  }

  /** Fails with {@link ConfigException} unless a verticle can be given this setting. */
  public static void check(String key) {
    boolean known = Setting.ofKey(key).isPresent();
    boolean ofVerticles =
        KEYS.contains(key) || GROUPS.stream().anyMatch(group -> key.startsWith(group + "."));
    if (!known || !ofVerticles) {
      throw new ConfigException(
          (known ? "the setting " + key + " belongs to the node" : "there is no setting " + key)
              + "; for one verticle can be changed: those of "
              + String.join(", ", GROUPS.stream().sorted().toList())
              + ", and "
              + String.join(", ", KEYS.stream().sorted().toList()));
    }
  }
}
