package dev.rondo;

import dev.rondo.bench.BenchCommand;
import dev.rondo.bench.ConstantCommand;
import dev.rondo.cli.CommandLines;
import java.util.List;

/** The entry point of {@code rondo.jar}. */
public final class Rondo {

  private Rondo() {}

  public static void main(String[] arguments) {
    List<Object> otherCommands =
        startsNode(arguments)
            ? List.of()
            : List.of(new BenchCommand(), new ConstantCommand(), new Rehearsal());
    System.exit(CommandLines.of(Lifetime::run, System.getenv(), otherCommands).execute(arguments));
  }

  /** Settings come first then. The start of a node does not pay for commands that it is not. */
  private static boolean startsNode(String[] arguments) {
    return arguments.length > 0
        && arguments[0].startsWith("--")
        && !List.of(arguments).contains("--help");
  }
}
