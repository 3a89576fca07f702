package dev.cajal.cli;

import dev.cajal.data.model.TableModel;
import dev.cajal.data.prepare.Feature;
import dev.cajal.json.At;
import dev.cajal.nn.SavedModel;
import dev.cajal.tensor.Array;
import dev.cajal.workbench.Shell;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cajal inspect}: what a model is, how it was made, and what its weights are like. */
@Command(name = "inspect", description = "Show what a model is and how it was made.")
final class InspectCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The folder of a run.")
  private Path folder = Path.of("");

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    SavedModel model = Models.read(folder);
    At about = At.top(model.about());
    about
        .find("made")
        .ifPresent(made -> {
          out.println(made.get("title").asString());
          out.println(
              "  made %s by cajal %s, seed %d"
                  .formatted(
                      made.get("date").asString(),
                      made.get("version").asString(),
                      made.get("seed").asLong()));
          out.println("  " + Shell.command(made.get("command").list(At::asString)));
          out.println();
        });
    if (about.find("preparation").isPresent()) {
      columns(out, TableModel.of(model, folder));
    }
    out.println("Network");
    model.toString().lines().forEach(line -> out.println("  " + line));
    out.println();
    weights(out, model);
  }

  private static void columns(PrintWriter out, TableModel model) {
    out.println("Columns");
    int width =
        model.preparation().features().stream()
            .mapToInt(its -> its.column().length())
            .max()
            .orElse(0);
    for (Feature feature : model.preparation().features()) {
      out.println(
          "  "
              + feature.column()
              + " ".repeat(width - feature.column().length() + 2)
              + feature.how());
    }
    out.println(
        "  tells %s, %s"
            .formatted(model.preparation().target().column(), model.preparation().target().kind()));
    out.println();
  }

  private static void weights(PrintWriter out, SavedModel model) {
    out.println("Weights");
    int width = model.parameters().keySet().stream().mapToInt(String::length).max().orElse(0);
    model
        .parameters()
        .forEach((name, parameter) -> {
          Array array = parameter.array();
          double mean = 0;
          double square = 0;
          double least = Double.POSITIVE_INFINITY;
          double most = Double.NEGATIVE_INFINITY;
          for (int i = 0; i < array.length(); i++) {
            double value = array.at(i);
            mean += value / array.length();
            square += value * value / array.length();
            least = Math.min(least, value);
            most = Math.max(most, value);
          }
          out.println(
              String.format(
                  Locale.ROOT,
                  "  %s%s  %-12s mean %9.2g  deviation %8.2g  from %8.2g to %8.2g",
                  name,
                  " ".repeat(width - name.length()),
                  array.shape(),
                  mean,
                  Math.sqrt(Math.max(0, square - mean * mean)),
                  least,
                  most));
        });
    long numbers =
        model.parameters().values().stream().mapToLong(each -> each.array().length()).sum();
    out.println(String.format(Locale.ROOT, "  %,d numbers in all", numbers));
  }
}
