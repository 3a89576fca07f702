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
 * <p>The running variance is that of a sample, divided by n - 1.
 */
public record BatchNorm(
    Parameter scale,
    Parameter shift,
    Parameter runningMean,
    Parameter runningVariance,
    double momentum,
    double epsilon)
    implements Layer {

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
        .assigning(runningMean, moved(runningMean, batchMean))
        .assigning(runningVariance, moved(runningVariance, sampled));
  }

  private Tensor moved(Parameter running, Tensor latest) {
    Tensor next = running.value().times(1 - momentum).plus(latest.stopGradient().times(momentum));
    return Tensor.where(Tensor.training(), next, running.value());
  }
}
