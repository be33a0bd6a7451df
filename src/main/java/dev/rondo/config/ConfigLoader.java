package dev.rondo.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration of a node: flags win over the environment, the environment over the file,
 * the file over the defaults. Whatever is wrong is a {@link ConfigException}.
 */
public final class ConfigLoader {

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
    ConfigRetrieverOptions options = new ConfigRetrieverOptions().setScanPeriod(-1);
    try {
      if (isThere(sources)) {
        options.addStore(
            new ConfigStoreOptions()
                .setType("file")
                .setFormat("json")
                .setConfig(new JsonObject().put("path", sources.file().toString())));
      }
      options
          .addStore(inline(Spelling.ofEnvironment(sources.environment())))
          .addStore(inline(Spelling.ofFlags(sources.flags())));
    } catch (ConfigException refused) {
      return Future.failedFuture(refused);
    }
    ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
    return retriever
        .getConfig()
        .recover(failure -> Future.failedFuture(unreadable(sources.file(), failure)))
        .map(json -> described(Spelling.ofJson(json, sources.file().toString())))
        .eventually(retriever::close);
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
