package dev.rondo.controller.web;

import dev.rondo.bus.Configuring.Change;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.record.Bytes;
import dev.rondo.http.MediaTypes;
import dev.rondo.http.ProblemCode;
import dev.rondo.http.Rejection;
import dev.rondo.http.StrictJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A change of the configuration, as {@code PATCH /cluster/config} carries it. */
final class ConfigBody {

  private static final List<String> KEYS =
      List.of("replicationFactor", "writeQuorum", "readQuorum");
  private static final Pattern EPOCH = Pattern.compile("\"([0-9]{1,18})\"");

  private ConfigBody() {}

  /** The epoch of {@code If-Match}; null when the client does not care. */
  static @Nullable Long basedOn(HttpServerRequest request) {
    String tag = String.join(",", request.headers().getAll(HttpHeaders.IF_MATCH));
    if (tag.isEmpty() || tag.strip().equals("*")) {
      return null;
    }
    var epoch = EPOCH.matcher(tag.strip());
    if (!epoch.matches()) {
      throw new Rejection(
          ProblemCode.MALFORMED_HEADER,
          "If-Match is not one epoch in double quotes, such as \"7\"");
    }
    return Long.valueOf(epoch.group(1));
  }

  /**
   * Throws {@link Rejection} when the body says that it is something else than JSON. A form is what
   * {@code curl -d} calls everything; no page can send one here, for PATCH is preflighted.
   */
  static void checkType(HttpServerRequest request) {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    if (type != null && !MediaTypes.isJson(type) && !MediaTypes.isForm(type)) {
      throw new Rejection(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Allowed are application/json and application/merge-patch+json");
    }
  }

  /** Reads a change. */
  static Change read(Bytes body, @Nullable Long basedOn) {
    JsonObject json = json(body);
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw refused("There is no key '%s' here".formatted(shown(key)));
      }
    }
    if (json.isEmpty()) {
      throw refused("The object is empty");
    }
    return new Change(
        number(json, "replicationFactor"),
        number(json, "writeQuorum"),
        number(json, "readQuorum"),
        basedOn);
  }

  private static JsonObject json(Bytes body) {
    try {
      return StrictJson.object(body.toUtf8());
    } catch (DecodeException malformed) {
      throw refused("The body is not a JSON object, without comments, with each name once");
    }
  }

  private static @Nullable Integer number(JsonObject json, String key) {
    if (!json.containsKey(key)) {
      return null;
    }
    Object value = json.getValue(key);
    if (value instanceof Integer number
        && number >= 1
        && number <= Quorums.REPLICATION_FACTOR_MAX) {
      return number;
    }
    if (!(value instanceof Integer || value instanceof Long || value instanceof BigInteger)) {
      throw refused(key + " is not a whole number");
    }
    throw new Rejection(
        ProblemCode.IMPOSSIBLE_CONFIG,
        "%s is %s, allowed are 1 to %d"
            .formatted(key, shown(value.toString()), Quorums.REPLICATION_FACTOR_MAX));
  }

  private static Rejection refused(String why) {
    return new Rejection(
        ProblemCode.MALFORMED_JSON,
        why + "; allowed is an object with whole numbers under any of " + String.join(", ", KEYS));
  }

  private static String shown(String key) {
    return key.length() <= 32 ? key : key.substring(0, 32) + "…";
  }
}
