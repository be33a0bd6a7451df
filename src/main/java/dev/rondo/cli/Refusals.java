package dev.rondo.cli;

import dev.rondo.config.ConfigException;
import dev.rondo.config.Nearest;
import java.util.ArrayList;
import java.util.List;
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
            ? unknown(unmatched.getUnmatched().get(0), refused.getCommandLine())
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

  private static String unknown(String argument, CommandLine command) {
    if (!argument.startsWith("-")) {
      return "unknown command " + argument + Nearest.hint(argument, commands(command));
    }
    String flag = argument.replaceFirst("=.*", "");
    return "unknown flag "
        + flag
        + Nearest.hint(flag, List.copyOf(command.getCommandSpec().optionsMap().keySet()));
  }

  private static List<String> commands(CommandLine command) {
    return new ArrayList<>(command.getSubcommands().keySet());
  }
}
