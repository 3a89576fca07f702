package dev.cajal.data.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** What a model says of the rows of a table, or of pictures. */
public sealed interface Predictions {

  /** How many rows there are. */
  int rows();

  /** How many cells had a word that the model never saw, by column. */
  SequencedMap<String, Integer> unseen();

  /** Of each row, how likely each class is. */
  final class OfClasses implements Predictions {
    private final List<String> names;
    private final double[][] probabilities;
    private final SequencedMap<String, Integer> unseen;

    OfClasses(List<String> names, double[][] probabilities, SequencedMap<String, Integer> unseen) {
      this.names = List.copyOf(names);
      this.probabilities = probabilities;
      this.unseen = unseen;
    }

    /** The classes, in the order of the probabilities. */
    public List<String> names() {
      return names;
    }

    /** How likely each class is for a row. */
    public double[] probabilities(int row) {
      return probabilities[row].clone();
    }

    /** The position of the likeliest class of a row. */
    public int label(int row) {
      double[] its = probabilities[row];
      return IntStream.range(1, its.length).reduce(0, (best, i) -> its[i] > its[best] ? i : best);
    }

    /** The likeliest class of a row. */
    public String name(int row) {
      return names.get(label(row));
    }

    @Override
    public int rows() {
      return probabilities.length;
    }

    @Override
    public SequencedMap<String, Integer> unseen() {
      return new LinkedHashMap<>(unseen);
    }
  }

  /** A number for each row. */
  final class OfNumbers implements Predictions {
    private final double[] values;
    private final SequencedMap<String, Integer> unseen;

    OfNumbers(double[] values, SequencedMap<String, Integer> unseen) {
      this.values = values;
      this.unseen = unseen;
    }

    public double value(int row) {
      return values[row];
    }

    public double[] values() {
      return Arrays.copyOf(values, values.length);
    }

    @Override
    public int rows() {
      return values.length;
    }

    @Override
    public SequencedMap<String, Integer> unseen() {
      return new LinkedHashMap<>(unseen);
    }
  }
}
