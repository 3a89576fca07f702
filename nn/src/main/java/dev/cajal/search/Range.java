package dev.cajal.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values that something may have. */
public sealed interface Range {

  /** The value at a part of the way through, from 0 to below 1. */
  String at(double part);

  /** What part of the way a value is at: where a chart has it. */
  double part(String value);

  /** The part of this around some values of it, and a margin: a part of the whole. */
  Range around(List<String> values, double margin);

  /**
   * Numbers, of which four digits or more are drawn: what a table says is what was used.
   *
   * @param low the smallest
   * @param high the largest
   */
  record Numbers(double low, double high, Scale scale) implements Range {

    public Numbers {
      if (!Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException("from %s to %s: bounds are finite".formatted(low, high));
      }
      if (low >= high) {
        throw new IllegalArgumentException(
            "from %s to %s: the first bound is the smaller one"
                .formatted(Digits.exact(low), Digits.exact(high)));
      }
      if (scale == Scale.LOG && low <= 0) {
        throw new IllegalArgumentException(
            "from %s: a logarithmic scale begins above 0".formatted(Digits.exact(low)));
      }
    }

    @Override
    public String at(double part) {
      double number = scale.between(low, high, part);
      double width =
          switch (scale) {
            case LINEAR -> high - low;
            // How far it is around this number: the slope of the logarithm is 1/x.
            case LOG -> Math.min(1, scale.position(high) - scale.position(low)) * number;
          };
      String text = Digits.within(number, width);
      double rounded = Double.parseDouble(text);
      return rounded < low ? Digits.exact(low) : rounded > high ? Digits.exact(high) : text;
    }

    @Override
    public double part(String value) {
      return scale.part(Double.parseDouble(value), low, high);
    }

    @Override
    public Range around(List<String> values, double margin) {
      double from = first(this, values) - margin;
      double to = last(this, values) + margin;
      return new Numbers(
          from <= 0 ? low : scale.between(low, high, from),
          to >= 1 ? high : scale.between(low, high, to),
          scale);
    }

    @Override
    public String toString() {
      return "%s to %s%s".formatted(Digits.exact(low), Digits.exact(high), suffix(scale));
    }
  }

  /** Whole numbers, both bounds among them. */
  record Integers(int low, int high, Scale scale) implements Range {

    public Integers {
      if (low > high) {
        throw new IllegalArgumentException(
            "from %d to %d: the first bound is the smaller one".formatted(low, high));
      }
      if (scale == Scale.LOG && low <= 0) {
        throw new IllegalArgumentException(
            "from %d: a logarithmic scale begins above 0".formatted(low));
      }
    }

    @Override
    public String at(double part) {
      double number = Math.floor(scale.between(low, high + 1.0, part));
      return "" + (int) Math.clamp(number, low, high);
    }

    @Override
    public double part(String value) {
      return scale.part(Double.parseDouble(value), low, high);
    }

    @Override
    public Range around(List<String> values, double margin) {
      double from = first(this, values) - margin;
      double to = last(this, values) + margin;
      return new Integers(
          from <= 0 ? low : (int) Math.floor(scale.between(low, high, from)),
          to >= 1 ? high : (int) Math.ceil(scale.between(low, high, to)),
          scale);
    }

    @Override
    public String toString() {
      return "%d to %d%s".formatted(low, high, suffix(scale));
    }
  }

  /** One of these. */
  record Options(List<String> values) implements Range {

    public Options {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("there is nothing to choose from");
      }
      Set<String> seen = new LinkedHashSet<>();
      for (String value : values) {
        if (!seen.add(value)) {
          throw new IllegalArgumentException("there are two choices \"%s\"".formatted(value));
        }
      }
    }

    @Override
    public String at(double part) {
      return values.get((int) (part * values.size()));
    }

    @Override
    public double part(String value) {
      return (values.indexOf(value) + 0.5) / values.size();
    }

    @Override
    public Range around(List<String> some, double margin) {
      List<String> left = values.stream().filter(some::contains).toList();
      return left.isEmpty() ? this : new Options(left);
    }

    @Override
    public String toString() {
      return String.join(", ", values);
    }
  }

  private static double first(Range range, List<String> values) {
    return values.stream().mapToDouble(range::part).min().orElse(0);
  }

  private static double last(Range range, List<String> values) {
    return values.stream().mapToDouble(range::part).max().orElse(1);
  }

  private static String suffix(Scale scale) {
    return switch (scale) {
      case LINEAR -> "";
      case LOG -> ", log";
    };
  }
}
