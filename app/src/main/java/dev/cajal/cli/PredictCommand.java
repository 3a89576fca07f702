package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.builtin.DigitPictures;
import dev.cajal.data.builtin.Digits;
import dev.cajal.data.model.PictureModel;
import dev.cajal.data.model.Predictions;
import dev.cajal.data.model.TableModel;
import dev.cajal.files.Csv;
import dev.cajal.files.WholeFile;
import dev.cajal.nn.SavedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cajal predict}: what a model says of new rows, or of pictures. */
@Command(
    name = "predict",
    description = "Let a model tell what new rows or pictures are.",
    footer = {
      "",
      "Prints a line for each row: of classes the likeliest, and how likely each is; of numbers the"
          + " number."
    })
final class PredictCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      arity = "0..1",
      description = "What to tell it of; '-' or nothing for CSV from standard input.")
  private String data = "-";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the predictions there, as CSV, and not to standard output.")
  private @Nullable Path out;

  @Override
  public void run() {
    SavedModel network = SavedModel.read(folder);
    Predictions said =
        PictureModel.is(network)
            ? PicturesOf.model(PictureModel.of(network, folder), data)
            : ofTable(TableModel.of(network, folder));
    said.unseen()
        .forEach((column, count) ->
            System.err.println(
                String.format(
                    Locale.ROOT,
                    "cajal: %s: %,d of %,d rows have a word that the model never saw; they were"
                        + " told without it",
                    column,
                    count,
                    said.rows())));
    if (out == null) {
      print(said);
    } else {
      WholeFile.write(out, stream -> lines(said, stream));
      System.err.println(String.format(Locale.ROOT, "%,d predictions are in %s", said.rows(), out));
    }
  }

  private Predictions ofTable(TableModel model) {
    try (var input = new Input(data)) {
      return model.predict(input.table(model.preparation()));
    }
  }

  private static void print(Predictions said) {
    try {
      lines(said, System.out);
      System.out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void lines(Predictions said, OutputStream into) throws IOException {
    into.write(bytes(header(said)));
    IntFunction<List<String>> cells =
        switch (said) {
          case Predictions.OfClasses its -> row -> cells(its, row);
          case Predictions.OfNumbers its -> row -> List.of(number(its.value(row)));
        };
    for (int row = 0; row < said.rows(); row++) {
      into.write(bytes(cells.apply(row)));
    }
  }

  private static byte[] bytes(List<String> cells) {
    return Csv.line(cells).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> header(Predictions said) {
    return switch (said) {
      case Predictions.OfNumbers _ -> List.of("prediction");
      case Predictions.OfClasses its -> {
        var names = new ArrayList<>(List.of("prediction"));
        its.names().forEach(name -> names.add("p(" + name + ")"));
        yield names;
      }
    };
  }

  private static List<String> cells(Predictions.OfClasses its, int row) {
    var cells = new ArrayList<>(List.of(its.name(row)));
    for (double probability : its.probabilities(row)) {
      cells.add(String.format(Locale.ROOT, "%.6f", probability));
    }
    return cells;
  }

  /** As many digits as a float has. */
  private static String number(double value) {
    return Float.toString((float) value);
  }

  /** Pictures that a model is asked about. */
  static final class PicturesOf {
    private PicturesOf() {}

    static Predictions.OfClasses model(PictureModel model, String data) {
      if (data.equals("digits")) {
        return model.predict(new DigitPictures(Digits.of(1), 0, 100));
      }
      throw new CajalException("can't read pictures from %s".formatted(data));
    }
  }
}
