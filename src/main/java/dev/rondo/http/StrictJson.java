package dev.rondo.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;

/**
 * JSON from clients. A name that an object has twice is refused (RFC 8259, section 4: what is meant
 * is unpredictable), and so are comments, both of which {@link JsonObject} takes.
 */
public final class StrictJson {

  private static final JsonFactory FORMAT =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private StrictJson() {}

  /** Reads an object and nothing else; throws {@link DecodeException}. */
  public static JsonObject object(String text) {
    try {
      if (JacksonCodec.fromParser(FORMAT.createParser(text), Object.class)
          instanceof JsonObject object) {
        return object;
      }
      throw new DecodeException("There is no object");
    } catch (IOException e) {
      throw new DecodeException("No JSON", e);
    }
  }
}
