package dev.rondo.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The commands that talk to a running cluster. */
public final class ClientCommands {

  private ClientCommands() {}

  /** All of them; values are read from {@code in} and written to {@code out}. */
  public static List<Object> all(InputStream in, OutputStream out) {
    return List.of(
        new StatusCommand(),
        new GetCommand(out),
        new PutCommand(in),
        new DeleteCommand(),
        new ListCommand(),
        new ExportCommand(out),
        new ImportCommand(in),
        new RingCommand(),
        new LocateCommand(),
        new ConfigCommand(),
        new RestartCommand(),
        new RedeployCommand(),
        new RollbackCommand(),
        new RepairCommand(),
        new EventsCommand(),
        new CompletionCommand(),
        new HelpCommand());
  }
}
