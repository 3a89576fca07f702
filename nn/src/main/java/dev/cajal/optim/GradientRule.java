package dev.cajal.optim;

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
    return each((_, g) -> g.clip(-most, most));
  }

  /**
   * Scales all gradients down together, where the root of the sum of all their squares is more than
   * {@code most}: {@code g·min(1, most/norm)} (Pascanu, Mikolov and Bengio, 2013).
   */
  static GradientRule clipNorm(double most) {
    requirePositive("the norm to clip at", most);
    return gradients -> {
      Tensor scale = norm(gradients).plus(1e-6).reciprocal().times(most).minimum(1);
      return each((_, g) -> g.times(scale.cast(g.dtype()))).apply(gradients);
    };
  }

  /** {@code √(Σ g²)} over all numbers of all gradients. */
  static Tensor norm(Map<Parameter, Tensor> gradients) {
    Tensor sum = Tensor.scalar(0);
    for (Tensor g : gradients.values()) {
      sum = sum.plus(g.square().sum().cast(sum.dtype()));
    }
    return sum.sqrt();
  }

  /** {@code g + λ·sign(w)}: as if λ·Σ|w| over all weights were part of the loss. */
  static GradientRule l1(double lambda) {
    return ofWeights((w, g) -> g.plus(w.sign().times(lambda)));
  }

  /** {@code g + λ·w}: as if ½λ·Σw² over all weights were part of the loss. */
  static GradientRule l2(double lambda) {
    return ofWeights((w, g) -> g.plus(w.times(lambda)));
  }

  /** Of parameters that multiply: matrices and kernels, but no biases, no scales of norms. */
  private static GradientRule ofWeights(BinaryOperator<Tensor> rule) {
    return each((w, g) -> w.rank() >= 2 ? rule.apply(w, g) : g);
  }

  /** Each gradient by itself, beside its parameter. */
  private static GradientRule each(BinaryOperator<Tensor> rule) {
    return gradients -> {
      Map<Parameter, Tensor> others = new LinkedHashMap<>();
      gradients.forEach((w, g) -> others.put(w, rule.apply(w.value(), g)));
      return others;
    };
  }

  private static void requirePositive(String what, double number) {
    if (!(number > 0)) {
      throw new IllegalArgumentException("%s is positive, not %s".formatted(what, number));
    }
  }
}
