package dev.rondo;

import dev.rondo.cli.CommandLines;
import java.util.List;

/** The entry point of {@code rondo.jar}. */
public final class Rondo {

  private Rondo() {}

  public static void main(String[] arguments) {
    List<Object> otherCommands = List.of();
    System.exit(CommandLines.of(Lifetime::run, System.getenv(), otherCommands).execute(arguments));
  }
}
