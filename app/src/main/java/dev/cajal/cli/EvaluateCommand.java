package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.model.Predictions;
import dev.cajal.data.model.TableModel;
import dev.cajal.data.prepare.Target;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.data.table.Table;
import dev.cajal.json.Json;
import dev.cajal.json.JsonObject;
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
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cajal evaluate}: how good a model is on rows whose answers are known. */
@Command(name = "evaluate", description = "Measure how good a model is on other rows.")
final class EvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      arity = "0..1",
      description = "A table with the target; '-' or nothing for CSV from standard input.")
  private String data = "-";

  @Option(names = "--json", description = "Print the figures as a JSON object.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    TableModel model = TableModel.read(folder);
    try (var input = new Input(data)) {
      Table table = input.table(model.preparation());
      Column target = table.column(model.preparation().target().column());
      if (target.missing() > 0) {
        throw new CajalException(
            "row %d of %s has no %s: what is not known can't be measured by"
                .formatted(target.firstMissing().orElseThrow() + 1, table.source(), target.name()));
      }
      Predictions said = model.predict(table);
      Result result = result(model, target, said);
      if (json) {
        JsonObject all =
            JsonObject.empty()
                .with("model", folder.toString())
                .with("rows", Json.number(table.rows()))
                .with("test", OutcomeJson.test(result));
        out.println(all.pretty());
        return;
      }
      out.println(result.verdict());
      out.println("  " + Summing.figures(result));
      if (said instanceof Predictions.OfClasses its) {
        out.println();
        out.print(matrix(its, labels(target, its)));
      }
    }
  }

  private static Result result(TableModel model, Column target, Predictions said) {
    List<String> rows =
        IntStream.range(0, said.rows()).mapToObj(row -> "row " + (row + 1)).toList();
    return switch (said) {
      case Predictions.OfClasses its -> {
        var probabilities = new double[its.rows()][];
        for (int row = 0; row < probabilities.length; row++) {
          probabilities[row] = its.probabilities(row);
        }
        List<Data.ClassCount> classes =
            its.names().stream().map(name -> new Data.ClassCount(name, 0, 0, 0)).toList();
        yield new Classification(classes, Answers.of(rows, labels(target, its), probabilities));
      }
      case Predictions.OfNumbers its -> {
        var cases = new ArrayList<Regression.Case>();
        for (int row = 0; row < its.rows(); row++) {
          cases.add(new Regression.Case(rows.get(row), ((Numbers) target).at(row), its.value(row)));
        }
        var number = (Target.Quantity) model.preparation().target();
        yield new Regression(target.name(), number.mean(), cases);
      }
    };
  }

  private static int[] labels(Column target, Predictions.OfClasses its) {
    var labels = new int[target.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = its.names().indexOf(target.text(row));
      if (labels[row] < 0) {
        throw new CajalException(
            "row %d: %s is \"%s\", which the model has never seen; it knows %s"
                .formatted(
                    row + 1, target.name(), target.text(row), String.join(", ", its.names())));
      }
    }
    return labels;
  }

  private static ConfusionMatrix matrix(Predictions.OfClasses its, int[] labels) {
    int[] said = IntStream.range(0, its.rows()).map(its::label).toArray();
    return ConfusionMatrix.of(labels, said, its.names().size());
  }
}
