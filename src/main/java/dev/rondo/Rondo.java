package dev.rondo;

import dev.rondo.bench.BenchCommand;
import dev.rondo.bench.ConstantCommand;
import dev.rondo.cli.Arguments;
import dev.rondo.cli.ClientCommands;
import dev.rondo.cli.CommandLines;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The entry point of {@code rondo.jar}. */
public final class Rondo {

  /** Values are bytes and go there unchanged, which the printing stream would not guarantee. */
  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private Rondo() {}

  public static void main(String[] arguments) {
    Arguments.check(arguments);
    List<Object> others = startsNode(arguments) ? List.of() : otherCommands();
    System.exit(CommandLines.of(Lifetime::run, System.getenv(), others).execute(arguments));
  }

  private static List<Object> otherCommands() {
    List<Object> commands = new ArrayList<>(ClientCommands.all(System.in, STDOUT));
    commands.addAll(
        List.of(new BenchCommand(System.getenv()), new ConstantCommand(), new Rehearsal()));
    return commands;
  }

  /** Settings come first then. The start of a node does not pay for commands that it is not. */
  private static boolean startsNode(String[] arguments) {
    return arguments.length > 0
        && arguments[0].startsWith("--")
        && !List.of(arguments).contains("--help");
  }
}
