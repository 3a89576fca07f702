package dev.cajal.cli;

import dev.cajal.CajalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code cajal resume}: goes on with a run that was stopped or killed. */
@Command(name = "resume", description = "Go on with a run that was stopped or killed.")
final class ResumeCommand implements Runnable {

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder = Path.of("");

  @Override
  public void run() {
    RunFile file = RunFile.read(folder);
    CommandLine commands = Main.commands();
    var words = new ArrayList<>(List.of("train"));
    words.addAll(file.arguments());
    try {
      commands.parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new CajalException("%s: %s".formatted(folder.resolve(RunFile.NAME), e.getMessage()), e);
    }
    TrainCommand train =
        Objects.requireNonNull(commands.getSubcommands().get("train")).getCommand();
    train.resume(folder, file);
  }
}
