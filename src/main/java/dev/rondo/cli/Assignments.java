package dev.rondo.cli;

import dev.rondo.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --set NAME=VALUE} says. */
final class Assignments {

  private Assignments() {}

  /** Values by name; where a name is given twice the last one counts. */
  static Map<String, String> of(List<String> texts) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new ConfigException(
            "--set", "'" + text + "'", "NAME=VALUE, such as timeouts.hedgeMillis=30");
      }
      values.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return values;
  }
}
