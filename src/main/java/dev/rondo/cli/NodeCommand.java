package dev.rondo.cli;

import dev.rondo.config.ConfigException;
import dev.rondo.config.ConfigLoader;
import dev.rondo.config.ConfigLoader.Sources;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.PlainVertx;
import dev.rondo.config.Setting;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Starts one node, and returns when it has stopped. Every setting is a flag. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Starts one node: the controller or a worker.",
    optionListHeading = "%n",
    footer = {
      "",
      "A setting http.port is also the variable RONDO_HTTP_PORT and, nested, a key of the file.",
      "Flags win over variables, variables over the file, the file over the defaults.",
      "Exit codes: 0 stopped on request, 1 failed, 2 refused to start like this."
    })
final class NodeCommand implements Callable<Integer> {
  private static final Path DEFAULT_FILE = Path.of("conf", "node.json");

  private final ToIntFunction<NodeConfig> starter;
  private final Map<String, String> environment;
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "the configuration, conf/node.json if nobody says otherwise")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "any setting by its name; the same as --NAME VALUE")
  private List<String> set = List.of();

  private NodeCommand(ToIntFunction<NodeConfig> starter, Map<String, String> environment) {
    this.starter = starter;
    this.environment = environment;
  }

  /** The command with a flag for every setting. */
  static CommandSpec spec(ToIntFunction<NodeConfig> starter, Map<String, String> environment) {
    NodeCommand command = new NodeCommand(starter, environment);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    for (Setting setting : Setting.values()) {
      spec.addOption(command.flag(setting));
    }
    return spec;
  }

  @Override
  public Integer call() {
    return starter.applyAsInt(load());
  }

  private OptionSpec flag(Setting setting) {
    return OptionSpec.builder(setting.flag())
        .paramLabel("VALUE")
        .type(String.class)
        .description(setting.meaning() + " (" + setting.fallbackText() + ")")
        .setter(
            new picocli.CommandLine.Model.ISetter() {
              @Override
              @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
              public <T> @Nullable T set(@Nullable T value) {
                return value == null ? null : (T) flags.put(setting.key(), (String) value);
              }
            })
        .build();
  }

  /** Reads the configuration with a small Vert.x of its own, for the real one depends on it. */
  private NodeConfig load() {
    Vertx vertx = Vertx.vertx(PlainVertx.options().setEventLoopPoolSize(1));
    try {
      return new ConfigLoader(vertx)
          .load(sources())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ConfigException refused ? refused : e;
    } finally {
      var unused = vertx.close();
    }
  }

  private Sources sources() {
    Map<String, String> all = new LinkedHashMap<>(Assignments.of(set));
    all.putAll(flags);
    String variable = environment.get("RONDO_CONF");
    Path asked = file != null || variable == null ? file : Path.of(variable);
    return new Sources(asked == null ? DEFAULT_FILE : asked, asked != null, environment, all);
  }
}
