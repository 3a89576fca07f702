package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * {@code γ·(x - μ)/√(σ² + ε) + β} with the mean and variance of each sample's groups of channels,
 * over all places; x is {@code [batch, spatial…, channels]} (Wu and He, 2018).
 */
public record GroupNorm(Parameter scale, Parameter shift, int groups, double epsilon)
    implements Layer {

  public GroupNorm {
    Require.shape("group norm: the shift", shift, scale.shape());
    Require.positive("group norm: epsilon", epsilon);
    if (groups < 1 || scale.shape().size(0).number() % groups != 0) {
      throw new IllegalArgumentException(
          "%s channels do not divide into %d groups".formatted(scale.shape().size(0), groups));
    }
  }

  public GroupNorm(int groups, int channels) {
    this(Parameter.of(Init.ones(), channels), Parameter.of(Init.zeros(), channels), groups, 1e-5);
  }

  @Override
  public Tensor apply(Tensor x) {
    Require.channels("group norm", x, scale);
    long channels = scale.shape().size(0).number();
    int last = x.rank() - 1;
    Shape grouped =
        x.shape().with(last, Size.of(groups)).insert(last + 1, Size.of(channels / groups));
    // All but the batch and the groups.
    int[] axes = IntStream.rangeClosed(1, x.rank()).filter(axis -> axis != last).toArray();
    Tensor normal = x.reshape(grouped).layerNorm(epsilon, axes).reshape(x.shape());
    return normal.times(scale.value()).plus(shift.value());
  }
}
