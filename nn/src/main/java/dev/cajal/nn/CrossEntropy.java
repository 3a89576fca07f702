package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * {@code -Σₖ wₖ·tₖ·log softmax(y)ₖ}: y are logits {@code [rows…, classes]}, t classes {@code
 * [rows…]} or distributions over them {@code [rows…, classes]}.
 *
 * @param smoothing ε: a target is {@code (1 - ε)·t + ε/classes} (Szegedy et al., 2016)
 * @param classWeights how much each class counts; all the same if there are none
 */
public record CrossEntropy(double smoothing, List<Double> classWeights) implements Loss {

  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "cross-entropy: smoothing is from 0 to below 1, not " + smoothing);
    }
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "cross-entropy: the weight of a class is not negative; there is " + weight);
      }
    }
  }

  public CrossEntropy smoothed(double epsilon) {
    return new CrossEntropy(epsilon, classWeights);
  }

  public CrossEntropy weighted(double... weights) {
    return new CrossEntropy(smoothing, Arrays.stream(weights).boxed().toList());
  }

  @Override
  public Tensor each(Tensor y, Tensor t) {
    Tensor target = Classes.distributions("cross-entropy", y, t);
    Tensor smooth =
        smoothing == 0
            ? target
            : target.times(1 - smoothing).plus(smoothing / Classes.count("", y.shape()));
    Tensor weighted = classWeights.isEmpty() ? smooth : smooth.times(weightOfEach(y));
    // Not a product alone: a class that logits of -∞ exclude costs nothing unless it is the target.
    Tensor terms = y.logSoftmax(-1).times(weighted).where(weighted.greaterThan(0), 0);
    return terms.sum(-1).negated();
  }

  /** That of its class: so the mean is over weights, whichever classes a batch has. */
  @Override
  public Tensor weights(Tensor y, Tensor t) {
    // Of distributions the weights are part of the loss, and all samples count alike.
    if (classWeights.isEmpty() || t.dtype().isFloat()) {
      return Loss.super.weights(y, t);
    }
    return Classes.distributions("cross-entropy", y, t).times(weightOfEach(y)).sum(-1);
  }

  private Tensor weightOfEach(Tensor y) {
    int classes = Classes.count("cross-entropy", y.shape());
    if (classWeights.size() != classes) {
      throw new IllegalArgumentException(
          "cross-entropy: %d weights are given for %d classes"
              .formatted(classWeights.size(), classes));
    }
    double[] numbers = classWeights.stream().mapToDouble(Double::doubleValue).toArray();
    return Tensor.constant(Array.of(numbers).as(y.dtype(), Shape.of(classes)));
  }

  @Override
  public void check(Array target, Shape output, IntPredicate counts) {
    Classes.check(target, output, counts);
  }
}
