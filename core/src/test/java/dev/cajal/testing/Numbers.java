package dev.cajal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Tensor;

/** Short ways to numbers, for tests. */
public final class Numbers {
  private Numbers() {}

  /** An f64 input. */
  public static Tensor input(String name, Object... sizes) {
    return Tensor.input(name, DType.F64, sizes);
  }

  /** An f64 constant. */
  public static Tensor constant(double... values) {
    return Tensor.constant(Array.of(values));
  }

  /** The numbers of a tensor without inputs, row by row. */
  public static double[] of(Tensor y) {
    return of(y, Bindings.none());
  }

  /** The numbers of a tensor, row by row. */
  public static double[] of(Tensor y, Bindings bindings) {
    return Reference.evaluate(y, bindings).toDoubles();
  }

  /**
   * Asserts that each number differs from the expected one by no more than a tolerance relative to
   * the largest expected one. NaN and infinities must be where they are expected.
   */
  public static void assertClose(String what, Array found, Array expected, double tolerance) {
    assertThat(found.shape()).as(what).isEqualTo(expected.shape());
    double largest = 0;
    for (double number : expected.toDoubles()) {
      largest = Double.isFinite(number) ? Math.max(largest, Math.abs(number)) : largest;
    }
    for (int i = 0; i < expected.length(); i++) {
      assertClose(what + " at position " + i, found.at(i), expected.at(i), tolerance * largest);
    }
  }

  /**
   * Asserts that two numbers differ by no more than an absolute tolerance, or are the same NaN or
   * infinity.
   */
  public static void assertClose(String what, double found, double expected, double within) {
    boolean same = Double.compare(found + 0.0, expected + 0.0) == 0;
    assertThat(same || Math.abs(found - expected) <= within)
        .as("%s: found %s, expected %s within %.1e", what, found, expected, within)
        .isTrue();
  }
}
