package dev.cajal.report;

import dev.cajal.report.Data.ClassCount;
import dev.cajal.report.Data.Column;
import dev.cajal.report.Data.Dropped;
import dev.cajal.report.Data.Role;
import dev.cajal.report.Data.Split;
import dev.cajal.train.Event;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Reports to be looked at by tests. */
final class ReportSamples {
  private ReportSamples() {}

  static Report plain() {
    return report("species from iris.csv", new Status.Finished("done in 0.8 s"), 40);
  }

  static Report report(String title, Status status, int epochs) {
    return Report.of(run(title, status), data(), training(epochs), recipe());
  }

  static Run run(String title, Status status) {
    return new Run(
        title,
        "quiet-otter",
        ZonedDateTime.of(2026, 11, 22, 9, 14, 0, 0, ZoneOffset.UTC),
        "0.1.0",
        status);
  }

  static Data data() {
    return new Data(
        "iris.csv",
        153,
        List.of(
            new Column(
                "petal_width",
                Role.FEATURE,
                "number",
                "scaled to mean 0",
                2,
                "mean 1.2, 0.1 to 2.5"),
            new Column("species", Role.TARGET, "category of 3", "class", 0, "setosa 33.3%")),
        List.of(new Dropped(3, "the target is missing")),
        new Split(90, 30, 30, "at random"),
        List.of(new ClassCount("setosa", 30, 11, 9), new ClassCount("virginica", 60, 19, 21)));
  }

  static Training training(int epochs) {
    return new Training(
        "cross-entropy",
        IntStream.rangeClosed(1, epochs)
            .mapToObj(
                i -> epoch(i, 1.0 / i + 0.1, OptionalDouble.of(1.2 / i + 0.01 * i), 1 - 0.5 / i))
            .toList(),
        Math.min(epochs, 11));
  }

  static Event.Epoch epoch(int number, double loss, OptionalDouble validation, double accuracy) {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("accuracy", accuracy);
    return new Event.Epoch(number, number * 3L, loss, validation, metrics, false, 0.25);
  }

  static Recipe recipe() {
    return new Recipe(
        List.of("cajal train iris.csv --target species --seed 7"),
        List.of("cajal predict quiet-otter new.csv"),
        map("seed", "7", "optimizer", "Adam, rate 0.001"),
        map("Java", "25.0.1", "processor", "two cores"),
        map("model.safetensors", "the weights"));
  }

  static SequencedMap<String, String> map(String... namesAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** Of rows of two classes, by how probable the second is said to be. */
  static Classification binary(int[] labels, double... second) {
    return classification(
        List.of("no", "yes"),
        labels,
        Arrays.stream(second).mapToObj(p -> new double[] {1 - p, p}).toArray(double[][]::new));
  }

  static Classification classification(
      List<String> names, int[] labels, double[]... probabilities) {
    return new Classification(
        names.stream().map(name -> new ClassCount(name, 10, 2, 2)).toList(),
        Answers.of(
            IntStream.range(0, labels.length).mapToObj(i -> "row " + (i + 1)).toList(),
            labels,
            probabilities));
  }

  /** Many classes, of which every third row is taken for the next. */
  static Classification many(List<String> names, int rows) {
    int classes = names.size();
    var labels = new int[rows];
    var probabilities = new double[rows][classes];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % classes;
      int said = i % 3 == 0 ? (i + 1) % classes : i % classes;
      Arrays.fill(probabilities[i], 0.3 / (classes - 1));
      probabilities[i][said] = 0.7;
    }
    return classification(names, labels, probabilities);
  }
}
