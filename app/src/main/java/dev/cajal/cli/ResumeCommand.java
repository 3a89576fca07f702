package dev.cajal.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    Main.configured(new CommandLine(train)).parseArgs(file.arguments().toArray(String[]::new));
    train.resume(folder, file);
  }
}
