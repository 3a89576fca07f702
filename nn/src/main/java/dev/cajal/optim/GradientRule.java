package dev.cajal.optim;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** What is done with all gradients of a step before the optimizer has them. */
@FunctionalInterface
public interface GradientRule {

  /** Other gradients, of the same parameters in the same order. */
  Map<Parameter, Tensor> apply(Map<Parameter, Tensor> gradients);

  /** Keeps each number of a gradient within [-most, most]. */
  static GradientRule clipValue(double most) {
    requirePositive("the value to clip at", most);
    return new Named.Rule(
        "gradients within %s".formatted(most), each((_, g) -> g.clip(-most, most)));
  }

  /**
   * Scales all gradients down together, where the root of the sum of all their squares is more than
   * {@code most}: {@code g·min(1, most/norm)} (Pascanu, Mikolov and Bengio, 2013).
   */
  static GradientRule clipNorm(double most) {
    requirePositive("the norm to clip at", most);
    return new Named.Rule(
        "gradients of norm %s at most".formatted(most),
        gradients -> {
          Tensor scale = norm(gradients).plus(1e-6).reciprocal().times(most).minimum(1);
          return each((_, g) -> g.times(scale.cast(g.dtype()))).apply(gradients);
        });
  }

  /** {@code √(Σ g²)} over all numbers of all gradients: in f64 if one of them is. */
  static Tensor norm(Map<Parameter, Tensor> gradients) {
    boolean isDouble = gradients.values().stream().anyMatch(g -> g.dtype() == DType.F64);
    Tensor sum = Tensor.scalar(isDouble ? DType.F64 : DType.F32, 0);
    for (Tensor g : gradients.values()) {
      sum = sum.plus(g.cast(sum.dtype()).square().sum());
    }
    return sum.sqrt();
  }

  /** {@code g + λ·sign(w)}: as if λ·Σ|w| over all weights were part of the loss. */
  static GradientRule l1(double lambda) {
    requireNotNegative("the factor of an l1 penalty", lambda);
    return ofWeights("l1 penalty " + lambda, (w, g) -> g.plus(w.sign().times(lambda)));
  }

  /** {@code g + λ·w}: as if ½λ·Σw² over all weights were part of the loss. */
  static GradientRule l2(double lambda) {
    requireNotNegative("the factor of an l2 penalty", lambda);
    return ofWeights("l2 penalty " + lambda, (w, g) -> g.plus(w.times(lambda)));
  }

  /** Of parameters that multiply: matrices and kernels, but no biases, no scales of norms. */
  private static GradientRule ofWeights(String name, BinaryOperator<Tensor> rule) {
    return new Named.Rule(name, each((w, g) -> w.rank() >= 2 ? rule.apply(w, g) : g));
  }

  /** Each gradient by itself, beside its parameter. */
  private static GradientRule each(BinaryOperator<Tensor> rule) {
    return gradients -> {
      Map<Parameter, Tensor> others = new LinkedHashMap<>();
      gradients.forEach((w, g) -> others.put(w, rule.apply(w.value(), g)));
      return others;
    };
  }

  private static void requireNotNegative(String what, double number) {
    if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is not negative; it is %s".formatted(what, number));
    }
  }

  private static void requirePositive(String what, double number) {
    if (!(number > 0)) {
      throw new IllegalArgumentException("%s is positive, not %s".formatted(what, number));
    }
  }
}
