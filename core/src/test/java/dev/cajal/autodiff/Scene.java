package dev.cajal.autodiff;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Distribution;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The inputs of one case, in f64, and their values: no two of them are close to each other, none is
 * close to a corner of what is tested, so that central differences can be trusted.
 */
final class Scene {
  private static final double APART = 1e-3;
  private static final double FROM_CORNERS = 0.02;
  private static final int ATTEMPTS = 10_000;

  final Choices choices;
  private final List<Tensor> variables = new ArrayList<>();
  private final TreeSet<Double> used = new TreeSet<>();
  private Bindings bindings = Bindings.none().seed(5);
  private int named;

  Scene(Choices choices) {
    this.choices = choices;
  }

  /** Numbers between -2 and 2, away from 0. */
  Tensor x(Shape shape) {
    return x(shape, -2, 2, 0);
  }

  /** A variable: an input to which is differentiated. */
  Tensor x(Shape shape, double low, double high, double... corners) {
    Tensor x = fixed(shape, low, high, corners);
    variables.add(x);
    return x;
  }

  /** A variable of the given numbers. */
  Tensor x(Shape shape, double[] numbers) {
    Tensor x = given(shape, DType.F64, Array.wrap(numbers, shape));
    variables.add(x);
    return x;
  }

  /** An input that is not differentiated to. */
  Tensor fixed(Shape shape, double low, double high, double... corners) {
    double[] numbers =
        DoubleStream.generate(() -> number(low, high, corners)).limit(count(shape)).toArray();
    return given(shape, DType.F64, Array.wrap(numbers, shape));
  }

  /** An i32 input of numbers from 0 to below an end. */
  Tensor index(Shape shape, int end) {
    int[] numbers =
        IntStream.generate(() -> choices.between(0, end - 1)).limit(count(shape)).toArray();
    return given(shape, DType.I32, Array.wrap(numbers, shape));
  }

  /** A bool input. */
  Tensor flags(Shape shape) {
    var flags = new boolean[count(shape)];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = choices.oneIn(2);
    }
    return given(shape, DType.BOOL, Array.wrap(flags, shape));
  }

  /** Makes this a training run. */
  void train() {
    bindings = bindings.inTraining();
  }

  /** Adds a variable that the expression brings along, such as a parameter. */
  Tensor variable(Tensor leaf, Array value) {
    variables.add(leaf);
    bindings = bindings.with(leaf, value);
    return leaf;
  }

  List<Tensor> variables() {
    return variables;
  }

  Bindings bindings() {
    return bindings;
  }

  /** The sum of the elements of y with random weights, so that no symmetry cancels. */
  static Tensor weighted(Tensor y) {
    var random = new Op.Random(Distribution.UNIFORM, y.shape(), y.dtype(), 99);
    return y.times(Tensor.of(random).plus(0.5)).sum();
  }

  static int count(Shape shape) {
    return (int) shape.elements().number();
  }

  private Tensor given(Shape shape, DType dtype, Array value) {
    Tensor input = Tensor.input("x" + named++, dtype, shape.sizes().toArray());
    bindings = bindings.with(input, value);
    return input;
  }

  private double number(double low, double high, double... corners) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double number = choices.number(low, high);
      boolean taken = !used.subSet(number - APART, number + APART).isEmpty();
      boolean atCorner =
          Arrays.stream(corners).anyMatch(corner -> Math.abs(number - corner) < FROM_CORNERS);
      if (!taken && !atCorner) {
        used.add(number);
        return number;
      }
    }
    throw new IllegalStateException("no room between %s and %s".formatted(low, high));
  }
}
