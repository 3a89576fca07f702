package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Window;
import java.util.Optional;

/**
 * A convolution run backward, which enlarges an image: x {@code [batch, height, width, inputs]},
 * the kernel {@code [window, window, outputs, inputs]}. With a window as wide as its stride, each
 * pixel becomes a patch. The result is the smallest that a convolution with the window takes to the
 * size of x; {@link #withOutputPadding} makes it larger.
 *
 * <pre>{@code
 * new ConvTranspose2d(64, 32, Window.of(3, 3).stride(2).padding(1))                       // 14 to 27
 * new ConvTranspose2d(64, 32, Window.of(3, 3).stride(2).padding(1))
 *     .withOutputPadding(1, 1)                                                            // 14 to 28
 * }</pre>
 */
public record ConvTranspose2d(
    Parameter weight, Optional<Parameter> bias, Window window, Activation activation)
    implements Layer {

  public ConvTranspose2d {
    bias.ifPresent(its -> Kernels.requireBias("convTranspose2d", its, weight, -2));
  }

  public ConvTranspose2d(int inputs, int outputs, Window window) {
    this(inputs, outputs, window, Activation.IDENTITY);
  }

  /** With an activation, and first weights that suit it. */
  public ConvTranspose2d(int inputs, int outputs, Window window, Activation activation) {
    this(
        Kernels.transposed(activation.init(), window, 2, inputs, outputs),
        Optional.of(Parameter.of(Init.zeros(), outputs)),
        window,
        activation);
  }

  /** The same without a bias. */
  public ConvTranspose2d withoutBias() {
    return new ConvTranspose2d(weight, Optional.empty(), window, activation);
  }

  /**
   * The same with so many more rows and columns at the end, as by PyTorch's {@code output_padding}.
   * They come out of the padding there, which is that much less.
   */
  public ConvTranspose2d withOutputPadding(int rows, int columns) {
    return new ConvTranspose2d(weight, bias, Kernels.lessPadded(window, rows, columns), activation);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor z = x.convTranspose(weight.value(), window, 1);
    return activation.apply(bias.map(b -> z.plus(b.value())).orElse(z));
  }
}
