package dev.rondo.config;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How settings are written: nested in the file, as variables, as flags. Unknown ones are refused.
 */
final class Spelling {

  /** Variables that are read by others: the start script, the log, the command line, the tests. */
  private static final Set<String> FOREIGN =
      Set.of(
          "RONDO_JAVA_OPTS",
          "RONDO_LOG_LEVEL",
          "RONDO_CONF",
          "RONDO_URL",
          "RONDO_CHROMIUM",
          "RONDO_E2E_KEYS");

  private Spelling() {}

  /** The settings among environment variables; underlines inside a name do not count. */
  static JsonObject ofEnvironment(Map<String, String> environment) {
    Map<Setting, String> texts = new EnumMap<>(Setting.class);
    environment.forEach(
        (name, text) -> {
          if (name.startsWith("RONDO_") && !FOREIGN.contains(name)) {
            Setting setting = ofVariable(name).orElseThrow(() -> unknownVariable(name, text));
            String before = texts.put(setting, text);
            Check.that(before == null, name, "'" + text + "'", "only one spelling of a variable");
          }
        });
    return nested(texts);
  }

  /** The settings among flags, by their keys. */
  static JsonObject ofFlags(Map<String, String> flags) {
    Map<Setting, String> texts = new EnumMap<>(Setting.class);
    flags.forEach(
        (key, text) ->
            texts.put(Setting.ofKey(key).orElseThrow(() -> unknownFlag(key, text)), text));
    return nested(texts);
  }

  /** The settings of a whole configuration; what is unknown stands in {@code file}. */
  static Settings ofJson(JsonObject json, String file) {
    Map<Setting, Object> made = new EnumMap<>(Setting.class);
    collect("", json, file, made);
    return new Settings(made);
  }

  private static void collect(
      String prefix, JsonObject json, String file, Map<Setting, Object> made) {
    for (Map.Entry<String, Object> field : json) {
      String key = prefix + field.getKey();
      Optional<Setting> setting =
          field.getKey().contains(".") ? Optional.empty() : Setting.ofKey(key);
      if (setting.isPresent()) {
        made.put(setting.get(), setting.get().kind().ofJson(key, field.getValue()));
      } else if (!isGroup(key)) {
        throw unknown(key, field.getValue(), file);
      } else if (field.getValue() instanceof JsonObject group) {
        collect(key + ".", group, file, made);
      } else {
        throw new ConfigException(key, field.getValue(), "an object with settings");
      }
    }
  }

  private static boolean isGroup(String key) {
    return keys().stream().anyMatch(known -> known.startsWith(key + "."));
  }

  private static JsonObject nested(Map<Setting, String> texts) {
    JsonObject json = new JsonObject();
    texts.forEach(
        (setting, text) -> put(json, setting.key(), setting.kind().ofText(setting.key(), text)));
    return json;
  }

  /** Sets the value of a dotted key in a nested object. */
  static void put(JsonObject json, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      json.put(key, value);
      return;
    }
    String group = key.substring(0, dot);
    if (!json.containsKey(group)) {
      json.put(group, new JsonObject());
    }
    json.getJsonObject(group).put(key.substring(dot + 1), value);
  }

  private static Optional<Setting> ofVariable(String name) {
    String plain = name.replace("_", "");
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.variable().replace("_", "").equals(plain))
        .findFirst();
  }

  private static ConfigException unknown(String key, @Nullable Object value, String file) {
    String what = "setting " + key + Unknown.value(value) + " in " + file;
    if (Setting.ofKey(key).isPresent()) {
      String nested = key.replace(".", "\": {\"");
      return new ConfigException("unknown " + what + "; allowed: {\"" + nested + "\": …}}");
    }
    Set<String> names = new LinkedHashSet<>(keys());
    keys().stream().filter(known -> known.contains(".")).map(Spelling::group).forEach(names::add);
    return new ConfigException(Unknown.line(what, key, names, keys()));
  }

  private static ConfigException unknownFlag(String key, String text) {
    return new ConfigException(Unknown.line("setting " + key + Unknown.value(text), key, keys()));
  }

  private static ConfigException unknownVariable(String name, String text) {
    List<String> names = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    return new ConfigException(Unknown.line("variable " + name + Unknown.value(text), name, names));
  }

  private static List<String> keys() {
    return Arrays.stream(Setting.values()).map(Setting::key).toList();
  }

  private static String group(String key) {
    return key.substring(0, key.indexOf('.'));
  }
}
