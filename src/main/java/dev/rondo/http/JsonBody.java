package dev.rondo.http;

import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request's body that is a JSON object, or nothing. */
public final class JsonBody {

  private JsonBody() {}

  /**
   * Reads it; nothing is an empty object. Fails with {@link Rejection}.
   *
   * @param keys that it may have
   */
  public static Future<JsonObject> read(
      HttpServerRequest request, Intake intake, List<String> keys) {
    return intake
        .read(request)
        .map(
            body -> {
              intake.release(body);
              return body.length() == 0 ? new JsonObject() : parse(request, body, keys);
            });
  }

  private static boolean isJson(HttpServerRequest request) {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    return type != null && MediaTypes.isJson(type);
  }

  private static JsonObject parse(HttpServerRequest request, Bytes body, List<String> keys) {
    if (!isJson(request)) {
      throw new Rejection(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Allowed is application/json");
    }
    JsonObject json;
    try {
      json = StrictJson.object(body.toUtf8());
    } catch (DecodeException malformed) {
      throw refused("The body is not a JSON object, without comments, with each name once", keys);
    }
    for (String key : json.fieldNames()) {
      if (!keys.contains(key)) {
        throw refused("There is an unknown key", keys);
      }
    }
    return json;
  }

  private static Rejection refused(String why, List<String> keys) {
    return new Rejection(
        ProblemCode.MALFORMED_JSON, why + "; allowed are " + String.join(", ", keys));
  }
}
