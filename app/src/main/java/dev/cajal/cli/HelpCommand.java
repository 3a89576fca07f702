package dev.cajal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cajal help COMMAND}, for {@code cajal COMMAND --help}. */
@Command(name = "help", description = "Explain a command.")
final class HelpCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command to explain.")
  private String command = "";

  @Override
  public void run() {
    CommandLine cajal = spec.parent().commandLine();
    CommandLine explained = command.isEmpty() ? cajal : cajal.getSubcommands().get(command);
    if (explained == null) {
      throw new ParameterException(cajal, "no such command: '%s'".formatted(command));
    }
    explained.usage(cajal.getOut());
  }
}
