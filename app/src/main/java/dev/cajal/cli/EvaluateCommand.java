package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.model.PictureModel;
import dev.cajal.data.model.Predictions;
import dev.cajal.data.model.TableModel;
import dev.cajal.data.prepare.Target;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
import dev.cajal.nn.SavedModel;
import dev.cajal.report.Answers;
import dev.cajal.report.Classification;
import dev.cajal.report.Data;
import dev.cajal.report.Regression;
import dev.cajal.report.Result;
import dev.cajal.train.ConfusionMatrix;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cajal evaluate}: how good a model is on rows whose answers are known. */
@Command(name = "evaluate", description = "Measure how good a model is on other rows or pictures.")
final class EvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "A table with the target, a folder with a folder of pictures for each class, an IDX file"
              + " or built-in data; '-' or nothing for CSV from standard input.")
  private String data = "-";

  @Option(names = "--json", description = "Print the figures as a JSON object.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    SavedModel network = Models.read(folder);
    if (PictureModel.is(network)) {
      PictureModel model = PictureModel.of(network, folder);
      PictureInput input = PictureInput.labelled(model, data);
      Predictions.OfClasses said = model.predict(input.pictures());
      int[] labels = input.labels();
      tell(out, ofClasses(said, labels, input.names()), said, labels);
      return;
    }
    TableModel model = TableModel.of(network, folder);
    try (var input = new Input(data)) {
      Table table = input.table(model);
      Column target = table.column(model.preparation().target().column());
      if (target.missing() > 0) {
        throw new CajalException(
            "row %d of %s has no %s: what is not known can't be measured by"
                .formatted(target.firstMissing().orElseThrow() + 1, table.source(), target.name()));
      }
      Predictions said = model.predict(table);
      List<String> rows =
          IntStream.rangeClosed(1, said.rows()).mapToObj(row -> "row " + row).toList();
      switch (said) {
        case Predictions.OfClasses its -> {
          int[] labels = labels(target, its, table.source());
          tell(out, ofClasses(its, labels, rows), its, labels);
        }
        case Predictions.OfNumbers its -> tell(out, ofNumbers(model, target, its, rows), its);
      }
    }
  }

  private void tell(PrintWriter out, Result result, Predictions said, int... labels) {
    if (json) {
      JsonObject all =
          JsonObject.empty()
              .with("model", folder.toString())
              .with("rows", Json.number(said.rows()))
              .with("test", OutcomeJson.test(result));
      out.println(all.pretty());
      return;
    }
    out.println(result.verdict());
    out.println("  " + Summing.figures(result));
    if (said instanceof Predictions.OfClasses its) {
      out.println();
      out.println(matrix(its, labels));
      legend(its.names()).ifPresent(out::println);
      out.flush();
    }
  }

  private static Result ofClasses(Predictions.OfClasses its, int[] labels, List<String> names) {
    var probabilities = new double[its.rows()][];
    for (int row = 0; row < probabilities.length; row++) {
      probabilities[row] = its.probabilities(row);
    }
    List<Data.ClassCount> classes =
        its.names().stream().map(name -> new Data.ClassCount(name, 0, 0, 0)).toList();
    return new Classification(classes, Answers.of(names, labels, probabilities));
  }

  private static Result ofNumbers(
      TableModel model, Column target, Predictions.OfNumbers its, List<String> names) {
    if (!(target instanceof Numbers right)) {
      throw new CajalException(
          "%s has words, and the model tells a number".formatted(target.name()));
    }
    var cases = new ArrayList<Regression.Case>();
    for (int row = 0; row < its.rows(); row++) {
      cases.add(new Regression.Case(names.get(row), right.at(row), its.value(row)));
    }
    var number = (Target.Quantity) model.preparation().target();
    return new Regression(target.name(), number.mean(), cases);
  }

  private static int[] labels(Column target, Predictions.OfClasses its, String source) {
    var labels = new int[target.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = its.names().indexOf(target.text(row));
      if (labels[row] < 0) {
        throw new CajalException(
            "row %d of %s: %s is \"%s\", which the model has never seen; it knows %s"
                .formatted(
                    row + 1,
                    source,
                    target.name(),
                    target.text(row),
                    String.join(", ", its.names())));
      }
    }
    return labels;
  }

  /** Which class each number of the matrix is, unless that is its name. */
  private static Optional<String> legend(List<String> names) {
    List<String> all =
        IntStream.range(0, names.size())
            .filter(i -> !names.get(i).equals("" + i))
            .mapToObj(i -> i + " is " + names.get(i))
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  private static ConfusionMatrix matrix(Predictions.OfClasses its, int[] labels) {
    int[] said = IntStream.range(0, its.rows()).map(its::label).toArray();
    return ConfusionMatrix.of(labels, said, its.names().size());
  }
}
