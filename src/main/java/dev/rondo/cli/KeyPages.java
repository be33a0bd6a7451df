package dev.rondo.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cluster in order, a page at a time. Nothing but the page is kept on either side, so
 * that nodes may come and go between two of them.
 */
final class KeyPages {

  /** The most that a page may have. */
  static final int LIMIT_MAX = 1000;

  private final Server server;
  private final Patience patience;
  private final Map<String, String> parameters;
  private @Nullable String cursor = "";

  /** The pages of a range; behind a key, unless it is empty. */
  KeyPages(Server server, Patience patience, KeyRange range, boolean values, String behind) {
    this.server = server;
    this.patience = patience;
    this.parameters = range.parameters(behind);
    parameters.put("values", String.valueOf(values));
  }

  boolean hasNext() {
    return cursor != null;
  }

  /** The items of the next page, at most so many; it may be empty although there are more. */
  JsonArray next(int limit) {
    parameters.put("limit", String.valueOf(limit));
    if (cursor != null && !cursor.isEmpty()) {
      parameters.remove("start");
      parameters.put("cursor", cursor);
    }
    String path =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&", "/kv?", ""));
    JsonObject page = patience.insist(() -> ClientCommand.read(server, path));
    cursor = page.getString("next");
    return page.getJsonArray("items");
  }
}
