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
        List.of(new BenchCommand(), new ConstantCommand(), new Rehearsal());
    System.exit(CommandLines.of(Lifetime::run, System.getenv(), otherCommands).execute(arguments));
  }
}
