package dev.rondo.cli;

import dev.rondo.config.Unknown;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo help}: the same as {@code --help} behind the command. */
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    description = "Shows what a command does and takes; without one, all commands.")
final class HelpCommand implements Runnable {

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "a command, such as status or config set")
  private List<String> names = List.of();

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      command = below(command, name);
    }
    command.usage(spec.commandLine().getOut());
  }

  private CommandLine below(CommandLine command, String name) {
    Map<String, CommandLine> commands = command.getSubcommands();
    CommandLine found = commands.get(name);
    if (found == null) {
      throw new ParameterException(
          spec.commandLine(),
          commands.isEmpty()
              ? command.getCommandName() + " has no commands of its own"
              : Unknown.line("command " + name, name, commands.keySet()));
    }
    return found;
  }
}
