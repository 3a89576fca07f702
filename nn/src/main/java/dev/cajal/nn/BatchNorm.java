package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * {@code γ·(x - μ)/√(σ² + ε) + β} for each channel: in training μ and σ² are those of the batch,
 * and the running ones move towards them by {@code momentum}; otherwise they are the running ones.
 * x is {@code [batch…, channels]} (Ioffe and Szegedy, 2015).
 *
 * <p>The running variance is that of a sample, divided by n - 1; a single value has none, and
 * leaves it where it is. Applied to several batches in one expression, as in a siamese network, it
 * has running statistics that move once for each, in that order.
 */
public record BatchNorm(
    Parameter scale,
    Parameter shift,
    Parameter runningMean,
    Parameter runningVariance,
    double momentum,
    double epsilon)
    implements Layer {

  public BatchNorm {
    Require.shape("batch norm: the shift", shift, scale.shape());
    Require.shape("batch norm: the running mean", runningMean, scale.shape());
    Require.shape("batch norm: the running variance", runningVariance, scale.shape());
    Require.positive("batch norm: epsilon", epsilon);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batch norm: the momentum is from 0 to 1, not " + momentum);
    }
  }

  public BatchNorm(int channels) {
    this(channels, 0.1, 1e-5);
  }

  public BatchNorm(int channels, double momentum, double epsilon) {
    this(
        Parameter.of(Init.ones(), channels),
        Parameter.of(Init.zeros(), channels),
        Parameter.of(Init.zeros(), channels),
        Parameter.of(Init.ones(), channels),
        momentum,
        epsilon);
  }

  @Override
  public Tensor apply(Tensor x) {
    Require.channels("batch norm", x, scale);
    int[] axes = IntStream.range(0, x.rank() - 1).toArray();
    Tensor training = Tensor.training();
    Tensor batchMean = x.mean(axes);
    Tensor batchVariance = x.variance(axes);
    Size places = Size.product(x.shape().part(0, x.rank() - 1).sizes());
    Tensor count = Tensor.sizeOf(places).cast(x.dtype());
    Tensor sampled = batchVariance.times(count.over(count.minus(1).maximum(1)));
    Tensor mean = Tensor.where(training, batchMean, runningMean.value());
    Tensor variance = Tensor.where(training, batchVariance, runningVariance.value());
    return x.minus(mean)
        .over(variance.plus(epsilon).sqrt())
        .times(scale.value())
        .plus(shift.value())
        .assigning(runningMean, moved(runningMean, batchMean, training))
        .assigning(
            runningVariance, moved(runningVariance, sampled, training.and(count.greaterThan(1))));
  }

  private Tensor moved(Parameter running, Tensor latest, Tensor moves) {
    Tensor next = running.value().times(1 - momentum).plus(latest.stopGradient().times(momentum));
    return Tensor.where(moves, next, running.value());
  }
}
