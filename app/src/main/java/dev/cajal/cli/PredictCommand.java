package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.model.PictureModel;
import dev.cajal.data.model.Predictions;
import dev.cajal.data.model.TableModel;
import dev.cajal.files.Csv;
import dev.cajal.files.WholeFile;
import dev.cajal.nn.SavedModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
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
          + " number. Of pictures the first column is the file."
    })
final class PredictCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "A table, a picture, a folder of pictures, an IDX file or built-in data; '-' or nothing"
              + " for CSV from standard input.")
  private String data = "-";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the predictions there, as CSV, and not to standard output.")
  private @Nullable Path out;

  @Override
  public void run() {
    if (out != null) {
      requireOther(out);
    }
    SavedModel network = Models.read(folder);
    if (PictureModel.is(network)) {
      PictureModel model = PictureModel.of(network, folder);
      PictureInput input = PictureInput.unlabelled(model, data);
      give(new Answers(input.names(), model.predict(input.pictures())));
    } else {
      give(new Answers(List.of(), ofTable(TableModel.of(network, folder))));
    }
  }

  /** What is asked about is not written over. */
  private void requireOther(Path file) {
    try {
      if (Files.exists(file)
          && Files.exists(Path.of(data))
          && Files.isSameFile(file, Path.of(data))) {
        throw new CajalException(
            "--out %s is what the model is asked about, and would be lost: take another name"
                .formatted(file));
      }
    } catch (IOException e) {
      throw new CajalException("can't read %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  /** What was said, and of which files, if they are pictures. */
  private record Answers(List<String> files, Predictions said) {}

  private void give(Answers answers) {
    Predictions said = answers.said();
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
      print(answers);
    } else {
      write(answers, out);
      System.err.println(String.format(Locale.ROOT, "%,d predictions are in %s", said.rows(), out));
    }
  }

  private Predictions ofTable(TableModel model) {
    try (var input = new Input(data)) {
      return model.predict(input.table(model));
    }
  }

  private static void write(Answers answers, Path file) {
    if (!Files.exists(file) || Files.isRegularFile(file) || Files.isDirectory(file)) {
      WholeFile.write(file, stream -> lines(answers, stream));
      return;
    }
    // A pipe or a device is written to; another file in its place is not what is meant.
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      lines(answers, stream);
    } catch (IOException e) {
      throw new CajalException("can't write %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  private static void print(Answers answers) {
    try {
      var stream = new BufferedOutputStream(System.out, 1 << 16);
      lines(answers, stream);
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void lines(Answers answers, OutputStream into) throws IOException {
    Predictions said = answers.said();
    List<String> files = answers.files();
    into.write(bytes(with(files.isEmpty() ? List.of() : List.of("file"), header(said))));
    IntFunction<List<String>> cells =
        switch (said) {
          case Predictions.OfClasses its -> row -> cells(its, row);
          case Predictions.OfNumbers its -> row -> List.of(number(its.value(row)));
        };
    for (int row = 0; row < said.rows(); row++) {
      List<String> first = files.isEmpty() ? List.of() : List.of(files.get(row));
      into.write(bytes(with(first, cells.apply(row))));
    }
  }

  private static List<String> with(List<String> first, List<String> others) {
    return Stream.concat(first.stream(), others.stream()).toList();
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
}
