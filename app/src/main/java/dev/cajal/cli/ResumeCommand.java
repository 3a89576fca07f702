package dev.cajal.cli;

import dev.cajal.CajalException;
import java.nio.file.Path;
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
    var train = new TrainCommand();
    try {
      Main.configured(new CommandLine(train)).parseArgs(file.arguments().toArray(String[]::new));
    } catch (ParameterException e) {
      throw new CajalException("%s: %s".formatted(folder.resolve(RunFile.NAME), e.getMessage()), e);
    }
    train.resume(folder, file);
  }
}
