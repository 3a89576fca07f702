package dev.cajal.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cajal completion}: what bash and zsh need to complete words of this command. */
@Command(
    name = "completion",
    description = "Print a script that lets bash and zsh complete what you type.",
    footer = {"", "Try: source <(./cajal completion)"})
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("cajal", spec.root().commandLine()));
    // Started from the source tree it is called by its path.
    out.println("complete -F _complete_cajal -o default ./cajal");
    out.flush();
  }
}
