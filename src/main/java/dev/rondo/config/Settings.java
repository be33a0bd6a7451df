package dev.rondo.config;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that somebody made, of the right types, with the fixed defaults behind them. */
final class Settings {

  private final Map<Setting, Object> made;

  Settings(Map<Setting, Object> made) {
    this.made = new EnumMap<>(Setting.class);
    this.made.putAll(made);
  }

  /** The value, when somebody set it. */
  Optional<Object> made(Setting setting) {
    return Optional.ofNullable(made.get(setting));
  }

  int integer(Setting setting) {
    return (int) number(setting);
  }

  int integer(Setting setting, int derived) {
    return made(setting).map(value -> ((Long) value).intValue()).orElse(derived);
  }

  long number(Setting setting) {
    return (Long) value(setting);
  }

  String text(Setting setting) {
    return (String) value(setting);
  }

  String text(Setting setting, String derived) {
    return made(setting).map(String.class::cast).orElse(derived);
  }

  List<String> texts(Setting setting) {
    return asTexts(value(setting));
  }

  List<String> texts(Setting setting, List<String> derived) {
    return made(setting).map(Settings::asTexts).orElse(derived);
  }

  private Object value(Setting setting) {
    return made(setting).orElseGet(setting::fallback);
  }

  private static List<String> asTexts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }
}
