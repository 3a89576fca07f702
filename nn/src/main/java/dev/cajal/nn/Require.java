package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;

/** What layers refuse: numbers that make no sense, and shapes that would fit by broadcasting. */
final class Require {
  private Require() {}

  static void positive(String what, double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is positive, not %s".formatted(what, number));
    }
  }

  static void notNegative(String what, double number) {
    if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is not negative; it is %s".formatted(what, number));
    }
  }

  /** That a parameter is as the weights beside it want it. */
  static void shape(String what, Parameter parameter, Shape wanted) {
    if (!parameter.shape().equals(wanted)) {
      throw new IllegalArgumentException(
          "%s is %s, not %s".formatted(what, parameter.shape(), wanted));
    }
  }

  /** That x has a channel for each number of a norm's scale. */
  static void channels(String what, Tensor x, Parameter scale) {
    if (x.rank() == 0 || !x.size(-1).equals(scale.shape().size(0))) {
      throw new IllegalArgumentException(
          "%s: %s has %s channels, not %s"
              .formatted(
                  what, x.brief(), x.rank() == 0 ? "no" : x.size(-1), scale.shape().size(0)));
    }
  }
}
