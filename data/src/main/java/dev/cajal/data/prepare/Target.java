package dev.cajal.data.prepare;

import dev.cajal.CajalException;
import dev.cajal.data.table.Column;
import dev.cajal.data.table.Numbers;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is to be told: classes, or a number. */
public sealed interface Target {

  String column();

  Task task();

  /** What a network learns to give for some rows of a column like its own. */
  Array encode(Column column, int[] rows);

  /** One of these classes, whose positions are the labels. */
  record Classes(String column, List<String> names) implements Target {

    public Classes {
      names = List.copyOf(names);
    }

    @Override
    public Task task() {
      return names.size() == 2 ? Task.BINARY : Task.CLASSIFICATION;
    }

    @Override
    public Array encode(Column its, int[] rows) {
      Map<String, Integer> labels = new HashMap<>();
      names.forEach(name -> labels.put(name, labels.size()));
      var encoded = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        Integer label = labels.get(its.text(rows[i]));
        if (label == null) {
          throw new CajalException(
              "row %d: %s is \"%s\", and the model knows %s"
                  .formatted(rows[i] + 1, column, its.text(rows[i]), Names.some(names, "only")));
        }
        encoded[i] = label;
      }
      return Array.wrap(encoded, Shape.of(rows.length));
    }
  }

  /** A number, standardised by the training rows. */
  record Quantity(String column, double mean, double deviation) implements Target {

    @Override
    public Task task() {
      return Task.REGRESSION;
    }

    @Override
    public Array encode(Column its, int[] rows) {
      if (!(its instanceof Numbers numbers)) {
        throw new CajalException("%s has words, and the model tells numbers".formatted(column));
      }
      var encoded = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        encoded[i] = (float) ((numbers.at(rows[i]) - mean) / deviation);
      }
      return Array.wrap(encoded, Shape.of(rows.length, 1));
    }

    /** The numbers that a network's answers mean. */
    public double[] decode(Array answers) {
      return Arrays.stream(answers.toDoubles()).map(y -> y * deviation + mean).toArray();
    }
  }

  /** In words: {@code one of 3 classes}, {@code a number}. */
  default String kind() {
    return switch (this) {
      case Classes(_, var names) -> String.format(Locale.ROOT, "one of %,d classes", names.size());
      case Quantity _ -> "a number";
    };
  }
}
