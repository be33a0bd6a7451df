package dev.rondo.cli;

import dev.rondo.config.ConfigException;
import dev.rondo.config.Unknown;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong, in one line, without a stack trace that is of no use to its reader. */
final class Refusals implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException refused, String[] arguments) {
    String message =
        refused instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().get(0), refused.getCommandLine(), arguments)
            : refused.getMessage();
    return say(message, refused.getCommandLine());
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
    if (failure instanceof ConfigException refused) {
      return say(refused.getMessage(), command);
    }
    // Not a constant: commands that do not log should not wait for the log to be set up.
    Logger log = LoggerFactory.getLogger(Refusals.class);
    log.error("Failed command={}", command.getCommandName(), failure);
    return ExitCode.SOFTWARE;
  }

  private static int say(@Nullable String message, CommandLine command) {
    String line = String.valueOf(message).lines().findFirst().orElse("");
    command.getErr().println("rondo: " + line);
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String unknown(String argument, CommandLine command, String[] arguments) {
    Set<String> commands = command.getSubcommands().keySet();
    if (!argument.startsWith("-")) {
      return commands.isEmpty()
          ? tooMany(argument, command)
          : Unknown.line("command " + argument, argument, commands);
    }
    String flag = argument.replaceFirst("=.*", "");
    String value =
        flag.equals(argument)
            ? valueBehind(List.of(arguments), argument, command)
            : Unknown.value(argument.substring(flag.length() + 1));
    return Unknown.line(
        "flag " + flag + value, flag, command.getCommandSpec().optionsMap().keySet());
  }

  private static String tooMany(String argument, CommandLine command) {
    String usage = command.getHelp().abbreviatedSynopsis().strip();
    return "one argument too many: '" + argument + "'; usage: " + usage;
  }

  /** What follows is the flag's value, unless it may be something else. */
  private static String valueBehind(List<String> arguments, String flag, CommandLine command) {
    int next = arguments.indexOf(flag) + 1;
    boolean alone =
        next == 0
            || next == arguments.size()
            || arguments.get(next).startsWith("-")
            || command.getSubcommands().containsKey(arguments.get(next))
            || !command.getCommandSpec().positionalParameters().isEmpty();
    return alone ? "" : Unknown.value(arguments.get(next));
  }
}
