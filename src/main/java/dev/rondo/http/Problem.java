package dev.rondo.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One failure of one request, as the client is told about it.
 *
 * @param detail what is wrong this time and what is allowed; nothing about the inside of the node
 * @param members more members of the JSON object, in order
 * @param headers more headers of the answer
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(
    ProblemCode code,
    String detail,
    Map<String, @Nullable Object> members,
    Map<String, String> headers) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** Seconds. */
  private static final Map<String, String> RETRY = Map.of("Retry-After", "1");

  /** A problem with nothing but a detail; where it passes, the client is told to come back. */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, Map.of(), code.passes() ? RETRY : Map.of());
  }

  /** The node has too much to do. */
  public static Problem overloaded(String detail) {
    return of(ProblemCode.OVERLOADED, detail);
  }

  /** The same with one more member. */
  public Problem member(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(code, detail, more, headers);
  }

  /** The same with one more header. */
  public Problem header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail, members, more);
  }

  /** The body of the answer. */
  public Buffer body() {
    JsonObject json =
        new JsonObject()
            .put("type", "/problems/" + code.code())
            .put("title", code.title())
            .put("status", code.status())
            .put("detail", detail)
            .put("code", code.code());
    members.forEach(json::put);
    return json.toBuffer();
  }
}
