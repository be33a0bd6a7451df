package dev.rondo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rondo config}: what is in force, and changing it. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "get|set",
    description = "Shows or changes the replication factor and the quorums.",
    subcommands = {ConfigGetCommand.class, ConfigSetCommand.class})
final class ConfigCommand implements Runnable {

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "config wants one of: get, set");
  }
}
