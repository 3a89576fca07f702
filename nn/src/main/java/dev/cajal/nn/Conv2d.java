package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.util.Optional;

/**
 * A convolution over an image: x {@code [batch, height, width, inputs]}, the kernel {@code [window,
 * window, inputs, outputs]}. Padded so that the size stays what it is; {@link #with} changes that.
 */
public record Conv2d(
    Parameter weight, Optional<Parameter> bias, Window window, int groups, Activation activation)
    implements Layer {

  public Conv2d {
    bias.ifPresent(its -> Kernels.requireBias("conv2d", its, weight, -1));
  }

  public Conv2d(int inputs, int outputs, int window) {
    this(inputs, outputs, window, Activation.IDENTITY);
  }

  /** With an activation, and first weights that suit it. */
  public Conv2d(int inputs, int outputs, int window, Activation activation) {
    this(inputs, outputs, Window.of(window, window).same(), 1, activation);
  }

  /** In groups: each block of outputs sees its own block of inputs. */
  public Conv2d(int inputs, int outputs, Window window, int groups, Activation activation) {
    this(
        Kernels.of(activation.init(), window, 2, inputs, groups, outputs),
        Optional.of(Parameter.of(Init.zeros(), outputs)),
        window,
        groups,
        activation);
  }

  /**
   * The same with another window of the same size, which says all anew: a stride of 2 that halves
   * the size takes {@code with(Window.of(3, 3).same().stride(2))}, and without {@code same()} there
   * is no padding.
   */
  public Conv2d with(Window other) {
    Kernels.requireSameSizes(window, other);
    return new Conv2d(weight, bias, other, groups, activation);
  }

  /** The same without a bias. */
  public Conv2d withoutBias() {
    return new Conv2d(weight, Optional.empty(), window, groups, activation);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor z = x.conv(weight.value(), window, groups);
    return activation.apply(bias.map(b -> z.plus(b.value())).orElse(z));
  }
}
