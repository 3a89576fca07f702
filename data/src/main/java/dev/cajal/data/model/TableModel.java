package dev.cajal.data.model;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.prepare.PreparationJson;
import dev.cajal.data.prepare.Target;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Table;
import dev.cajal.json.At;
import dev.cajal.json.JsonObject;
import dev.cajal.nn.SavedModel;
import dev.cajal.tensor.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A trained network that takes the rows of a table as they are: with the preparation that it
 * learned with, and the meaning of its answers.
 *
 * <pre>{@code
 * TableModel model = TableModel.read(Path.of("runs/iris"));
 * Predictions said = model.predict(Table.read(Path.of("new.csv"), model.reading()));
 * }</pre>
 */
public record TableModel(SavedModel network, Preparation preparation) {
  /** Where the preparation stands in what is known about the network. */
  private static final String PREPARATION = "preparation";

  /** As it is kept: a network that knows how its inputs are prepared. */
  public SavedModel saved() {
    JsonObject its = PreparationJson.write(preparation);
    boolean isThere =
        At.top(network.about()).find(PREPARATION).map(At::value).equals(Optional.of(its));
    return isThere ? network : network.with(PREPARATION, its);
  }

  /** Reads one from the folder of a run. */
  public static TableModel read(Path folder) {
    return of(SavedModel.read(folder), folder);
  }

  /** Of a network that was read from a folder. */
  public static TableModel of(SavedModel network, Path folder) {
    At about = At.top(network.about());
    try {
      return about
          .find(PREPARATION)
          .map(at -> new TableModel(network, PreparationJson.read(at)))
          .orElseThrow(() ->
              new CajalException(
                  "the model in %s was not trained on a table: nothing says how columns become its inputs"
                      .formatted(folder)));
    } catch (DamagedFileException e) {
      throw e.in(folder.resolve("model.json").toString());
    }
  }

  /** How a table is read so that its columns are what those were that it learned from. */
  public Reading reading() {
    return preparation.reading(Reading.usual());
  }

  /** What it says of each row; columns are found by their names, and others do not matter. */
  public Predictions predict(Table table) {
    SequencedMap<String, Integer> unseen = new LinkedHashMap<>();
    preparation.requireWhole(table);
    int rows = table.rows();
    int most = preparation.rowsAtATime();
    return switch (preparation.target()) {
      case Target.Classes(_, var names) -> {
        var probabilities = new double[rows][];
        for (int from = 0; from < rows; from += most) {
          Array scores = scores(table, from, Math.min(rows, from + most), unseen);
          for (int i = 0; i < scores.rowCount(); i++) {
            probabilities[from + i] = Softmax.of(scores, i, names.size());
          }
        }
        yield new Predictions.OfClasses(names, probabilities, unseen);
      }
      case Target.Quantity number -> {
        var values = new double[rows];
        for (int from = 0; from < rows; from += most) {
          Array scores = scores(table, from, Math.min(rows, from + most), unseen);
          double[] some = number.decode(scores);
          System.arraycopy(some, 0, values, from, some.length);
        }
        yield new Predictions.OfNumbers(values, unseen);
      }
    };
  }

  private Array scores(Table table, int from, int to, SequencedMap<String, Integer> unseen) {
    Preparation.Encoded encoded = preparation.encode(table, from, to);
    encoded.unseen().forEach((column, count) -> unseen.merge(column, count, Integer::sum));
    return network.predict(encoded.x());
  }
}
