package dev.rondo.cli;

import dev.rondo.config.NodeConfig;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The commands of the jar. Without a command it is {@code node}. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * The command line as a whole.
   *
   * @param node runs a node and returns the exit code
   * @param others annotated command objects
   */
  public static CommandLine of(
      ToIntFunction<NodeConfig> node, Map<String, String> environment, List<Object> others) {
    CommandSpec root = NodeCommand.spec(node, environment).name("rondo");
    root.usageMessage().description("A distributed key-value store. Starts one node of it.");
    root.addSubcommand("node", NodeCommand.spec(node, environment));
    CommandLine commands = new CommandLine(root);
    others.forEach(commands::addSubcommand);
    Refusals refusals = new Refusals();
    return commands
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(refusals)
        .setExecutionExceptionHandler(refusals)
        .setExecutionStrategy(strategy());
  }

  /** Flags of the root belong to the root: before another command they would be forgotten. */
  private static IExecutionStrategy strategy() {
    return (ParseResult parsed) -> {
      if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
        throw new ParameterException(
            parsed.commandSpec().commandLine(),
            parsed.matchedOptions().get(0).longestName()
                + " must stand behind "
                + parsed.subcommand().commandSpec().name());
      }
      return new RunLast().execute(parsed);
    };
  }
}
