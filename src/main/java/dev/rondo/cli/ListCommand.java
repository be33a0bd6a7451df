package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rondo ls}: keys in order, one a line. */
@Command(name = "ls", description = "Lists keys in order, one a line; as JSON one object a line.")
final class ListCommand extends ClientCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private KeyRange range = new KeyRange();

  @Option(names = "--values", description = "with the values, as text")
  private boolean values;

  @Option(names = "--long", description = "with size, version and media type")
  private boolean wide;

  @Option(names = "--limit", paramLabel = "N", description = "at most N keys (all)")
  private long limit = Long.MAX_VALUE;

  @Override
  void run(Server server) {
    require("--limit", limit, 1, Long.MAX_VALUE);
    KeyPages pages = new KeyPages(server, new Patience(PATIENCE), range, values, "");
    long left = limit;
    while (left > 0 && pages.hasNext()) {
      for (Object one : pages.next((int) Math.min(left, KeyPages.LIMIT_MAX))) {
        JsonObject item = (JsonObject) one;
        out().println(isJson() ? item.encode() : line(item));
        left--;
      }
      out().flush();
    }
  }

  private String line(JsonObject item) {
    String key = Table.printable(item.getString("key"));
    String line =
        wide
            ? "%9d  %s  %-24s  %s"
                .formatted(
                    item.getLong("size"),
                    item.getString("version"),
                    Table.printable(item.getString("contentType")),
                    key)
            : key;
    return values ? line + "\t" + text(item.getString("value")) : line;
  }

  private static String text(String value) {
    byte[] bytes = Base64.getDecoder().decode(value);
    return Table.printable(new String(bytes, StandardCharsets.UTF_8));
  }
}
