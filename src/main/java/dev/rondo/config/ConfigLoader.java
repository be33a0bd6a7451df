package dev.rondo.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration of a node: flags win over the environment, the environment over the file,
 * the file over the defaults. Whatever is wrong is a {@link ConfigException}.
 */
public final class ConfigLoader {

  /** JSON that may have comments; of a key that stands twice it is not known which one is meant. */
  private static final JsonFactory FORMAT =
      new JsonFactory()
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final Vertx vertx;

  public ConfigLoader(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Where settings come from.
   *
   * @param file need not exist if nobody asked for it
   * @param fileRequired whether somebody did
   * @param flags texts by dotted key
   */
  public record Sources(
      Path file, boolean fileRequired, Map<String, String> environment, Map<String, String> flags) {
    public Sources {
      environment = Map.copyOf(environment);
      flags = Map.copyOf(flags);
    }
  }

  /** The configuration that all sources together describe. */
  public Future<NodeConfig> load(Sources sources) {
    try {
      boolean there = isThere(sources);
      JsonObject variables = Spelling.ofEnvironment(sources.environment());
      JsonObject flags = Spelling.ofFlags(sources.flags());
      return (there ? read(sources.file()) : Future.succeededFuture(new JsonObject()))
          .compose(file -> merged(file, variables, flags))
          .map(json -> described(Spelling.ofJson(json, sources.file().toString())));
    } catch (ConfigException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** The file, checked on its own: once merged, what is wrong in it may hide behind a flag. */
  private Future<JsonObject> read(Path file) {
    return vertx
        .fileSystem()
        .readFile(file.toString())
        .map(ConfigLoader::parsed)
        .recover(failure -> Future.failedFuture(unreadable(file, failure)))
        .map(
            json -> {
              var unused = Spelling.ofJson(json, file.toString());
              return json;
            });
  }

  private static JsonObject parsed(Buffer text) {
    try {
      JsonParser parser = FORMAT.createParser(text.getBytes());
      if (JacksonCodec.fromParser(parser, Object.class) instanceof JsonObject object) {
        return object;
      }
      throw new DecodeException("It is something else");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Future<JsonObject> merged(JsonObject file, JsonObject variables, JsonObject flags) {
    ConfigRetrieverOptions options = new ConfigRetrieverOptions().setScanPeriod(-1);
    options.addStore(inline(file)).addStore(inline(variables)).addStore(inline(flags));
    ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
    return retriever.getConfig().eventually(retriever::close);
  }

  private static NodeConfig described(Settings settings) {
    NodeConfig config = Assembly.of(settings);
    Doubts.of(config, settings).forEach(LoggerFactory.getLogger(ConfigLoader.class)::warn);
    return config;
  }

  private static boolean isThere(Sources sources) {
    if (Files.isRegularFile(sources.file())) {
      return true;
    }
    Check.that(!sources.fileRequired(), "conf", "'" + sources.file() + "'", "a file that exists");
    return false;
  }

  private static ConfigStoreOptions inline(JsonObject settings) {
    return new ConfigStoreOptions().setType("json").setConfig(settings);
  }

  private static ConfigException unreadable(Path file, Throwable failure) {
    String cause = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new ConfigException("cannot read " + file + " as a JSON object: " + cause);
  }
}
