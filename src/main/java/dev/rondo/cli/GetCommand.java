package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo get}: the bytes of a value, as they are. */
@Command(name = "get", description = "Writes a key's value to the output, byte by byte.")
final class GetCommand extends ClientCommand {

  private final OutputStream bytes;

  @Parameters(paramLabel = "KEY", description = "the key")
  private String key = "";

  @Option(names = "--r", paramLabel = "N", description = "answers to wait for")
  private @Nullable Integer r;

  GetCommand(OutputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  void run(Server server) throws IOException {
    require("--r", r, 1, Long.MAX_VALUE);
    String query = r == null ? "" : "?r=" + r;
    HttpResponse<byte[]> found = server.get("/kv/" + Server.escaped(key) + query, Map.of());
    if (isJson()) {
      show(
          new JsonObject()
              .put("key", key)
              .put("version", found.headers().firstValue("X-Rondo-Version").orElse(null))
              .put("contentType", found.headers().firstValue("Content-Type").orElse(null))
              .put("size", found.body().length)
              .put("value", Base64.getEncoder().encodeToString(found.body())));
    } else {
      bytes.write(found.body());
      bytes.flush();
    }
  }
}
