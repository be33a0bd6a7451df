package dev.rondo.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What values a setting takes: in JSON, and as the text of a flag or an environment variable. */
enum Kind {
  INTEGER("a whole number"),
  LONG("a whole number"),
  TEXT("text"),
  ROLE("controller or worker"),
  DURABILITY("sync or interval"),
  ADDRESSES("a list of host:port, as text separated by commas"),
  OPTIONS("a list of options, as text separated by blanks"),
  MEMBERS("a list of {\"id\", \"host\", \"httpPort\", \"grpcPort\"}, of which only id is needed");

  private final String allowed;

  Kind(String allowed) {
    this.allowed = allowed;
  }

  /** The JSON value that the text stands for. */
  Object ofText(String key, String text) {
    return switch (this) {
      case INTEGER, LONG -> number(key, text);
      case TEXT -> text;
      case ROLE, DURABILITY -> choice(key, text);
      case ADDRESSES -> list(key, text, "[,\\s]+");
      case OPTIONS -> list(key, text, "\\s+");
      case MEMBERS -> array(key, text);
    };
  }

  /** The value itself, after a check of its type: a Long, a String, a list of texts, an array. */
  Object ofJson(String key, @Nullable Object json) {
    return switch (this) {
      case INTEGER, LONG -> number(key, json);
      case TEXT -> text(key, json);
      case ROLE, DURABILITY -> choice(key, text(key, json));
      case ADDRESSES, OPTIONS -> texts(key, json);
      case MEMBERS -> json instanceof JsonArray array ? array : refuse(key, json);
    };
  }

  private Object number(String key, @Nullable Object json) {
    if (json instanceof BigInteger huge) {
      return refuse(key, huge);
    }
    if (!(json instanceof Integer || json instanceof Long)) {
      return refuse(key, json);
    }
    long number = ((Number) json).longValue();
    boolean fits = this == LONG || number == (int) number;
    return fits ? (Object) number : refuse(key, json);
  }

  private Object number(String key, String text) {
    try {
      return number(key, (Object) Long.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      return refuse(key, text);
    }
  }

  private String text(String key, @Nullable Object json) {
    return json instanceof String text ? text : (String) refuse(key, json);
  }

  private String choice(String key, String text) {
    String choice = text.strip().toLowerCase(Locale.ROOT);
    return List.of(allowed.split(" or ")).contains(choice) ? choice : (String) refuse(key, text);
  }

  private JsonArray list(String key, String text, String separator) {
    if (text.strip().startsWith("[")) {
      return array(key, text);
    }
    return new JsonArray(
        Arrays.stream(text.strip().split(separator)).filter(part -> !part.isEmpty()).toList());
  }

  private JsonArray array(String key, String text) {
    try {
      return new JsonArray(text);
    } catch (DecodeException e) {
      return (JsonArray) refuse(key, text);
    }
  }

  private Object texts(String key, @Nullable Object json) {
    if (json instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    return refuse(key, json);
  }

  private Object refuse(String key, @Nullable Object value) {
    Object shown = value instanceof String ? "'" + value + "'" : String.valueOf(value);
    throw new ConfigException(key, shown, allowed);
  }
}
