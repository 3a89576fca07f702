package dev.cajal.search;

import java.util.List;

/** On what it depends whether a dimension is drawn: the value of one that is drawn before it. */
public sealed interface Condition {

  /** The name of that dimension. */
  String name();

  /** Whether it is so, for its value. */
  boolean holds(String value);

  /** Refuses a dimension that can't be so, or of which that can't be told. */
  void requireFits(Range range);

  /** It is a number, and not smaller than this. */
  record AtLeast(String name, double least) implements Condition {
    @Override
    public boolean holds(String value) {
      return Double.parseDouble(value) >= least;
    }

    @Override
    public void requireFits(Range range) {
      double most =
          switch (range) {
            case Range.Numbers(_, double high, _) -> high;
            case Range.Integers(_, var high, _) -> (double) high;
            case Range.Options _ -> Double.POSITIVE_INFINITY;
          };
      if (most < least) {
        throw new IllegalArgumentException(
            "%s is never more than %s".formatted(name, Digits.exact(most)));
      }
      if (range instanceof Range.Options(var values) && !values.stream().allMatch(this::isNumber)) {
        throw new IllegalArgumentException(
            "%s is one of %s, which are no numbers".formatted(name, String.join(", ", values)));
      }
    }

    private boolean isNumber(String text) {
      try {
        return Double.isFinite(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return "%s >= %s".formatted(name, Digits.exact(least));
    }
  }

  /** It is one of these. */
  record Is(String name, List<String> values) implements Condition {

    public Is {
      values = List.copyOf(values);
    }

    @Override
    public boolean holds(String value) {
      return values.contains(value);
    }

    @Override
    public void requireFits(Range range) {
      if (range instanceof Range.Options(var options)) {
        for (String value : values) {
          if (!options.contains(value)) {
            throw new IllegalArgumentException(
                "%s is one of %s, and never %s".formatted(name, String.join(", ", options), value));
          }
        }
      }
    }

    @Override
    public String toString() {
      return "%s is %s".formatted(name, String.join(" or ", values));
    }
  }
}
