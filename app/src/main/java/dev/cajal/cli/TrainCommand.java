package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.train.Ending;
import dev.cajal.train.Event;
import dev.cajal.train.Progress;
import dev.cajal.workbench.Material;
import dev.cajal.workbench.Outcome;
import dev.cajal.workbench.Setup;
import dev.cajal.workbench.Workbench;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cajal train}: from data to a model, with all there is to know about it. */
@Command(
    name = "train",
    sortOptions = false,
    description = "Train a network on your data, or on built-in ones.",
    footer = {
      "",
      "Examples:",
      "  ./cajal train                              digits, in seconds",
      "  ./cajal train iris.csv --target species    a table",
      "  ./cajal train photos/ --size 32x32         a folder of pictures for each class",
      "",
      "What comes of it is in runs/NAME: report.html, the model, its history."
    })
final class TrainCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private NetworkOptions network = new NetworkOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Override
  public void run() {
    data.require(spec.commandLine());
    network.require(spec.commandLine());
    run.require(spec.commandLine());
    Path folder = run.folder(data.sql == null ? data.data : "query", "");
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    run(folder, RunFile.now(words(arguments)), false);
  }

  /** The words after the command's name, before which there may be options of cajal itself. */
  private static List<String> words(List<String> arguments) {
    int name = arguments.indexOf("train");
    return name < 0 ? arguments : arguments.subList(name + 1, arguments.size());
  }

  /** Goes on with the run in a folder. */
  void resume(Path folder, RunFile file) {
    Path path = Path.of(data.data);
    if (!path.isAbsolute() && Files.exists(file.directory().resolve(path))) {
      data.data = file.directory().resolve(path).toString();
    }
    try {
      run(folder, file, true);
    } catch (CajalException e) {
      String why = String.valueOf(e.getMessage());
      throw why.startsWith("the run in ")
          ? e
          : new CajalException("the run in %s can't go on: %s".formatted(folder, why), e);
    }
  }

  private void run(Path folder, RunFile file, boolean resumes) {
    PrintStream err = System.err;
    PrintWriter out = spec.commandLine().getOut();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
    Material material = data.material(run.seed, temporary);
    var words = new ArrayList<>(List.of("./cajal", "train"));
    words.addAll(file.arguments());
    var setup =
        new Setup(folder, words, asked(), Version.number(), run.seed, run.threads(), resumes);
    var workbench = new Workbench(material, network.wishes(), setup);
    if (!resumes) {
      file.write(folder);
    }
    if (!run.quiet) {
      Opening.of(data, material, workbench.plan()).forEach(err::println);
    }
    Outcome outcome = workbench.run(listener(err, workbench.resumeCommand()));
    if (run.json) {
      out.println(OutcomeJson.of(setup, material, outcome).pretty());
    } else {
      Summing.up(workbench, outcome).forEach(out::println);
    }
    out.flush();
  }

  /** What the model can be asked about: the data, as they were named. */
  private String asked() {
    return data.sql == null ? data.data : "new.csv";
  }

  private Consumer<Event> listener(PrintStream err, String command) {
    if (!run.quiet) {
      return Progress.on(err).resumedBy(command);
    }
    return event -> {
      if (event instanceof Event.Ended(_, Ending why, _) && why == Ending.STOPPED) {
        err.println("stopped; go on with: " + command);
      }
    };
  }
}
