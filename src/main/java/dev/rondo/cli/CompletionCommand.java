package dev.rondo.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo completion}: a script that completes commands and flags. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Writes a script for the shell: source <(rondo completion bash)")
final class CompletionCommand implements Runnable {

  /** Shells that understand the script. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh; one script serves both")
  private Shell shell = Shell.bash;

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine root = spec.root().commandLine();
    spec.commandLine().getOut().println("# Completion of rondo for " + shell);
    spec.commandLine().getOut().print(AutoComplete.bash("rondo", root));
    spec.commandLine().getOut().flush();
  }
}
