package dev.cajal.nn;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Optional;

/**
 * {@code g(x·Wᵀ + b)}: each output a weighted sum of all inputs. x is {@code [batch…, inputs]}, W
 * {@code [outputs, inputs]}.
 */
public record Dense(Parameter weight, Optional<Parameter> bias, Activation activation)
    implements Layer {

  public Dense {
    Shape outputs = weight.shape().part(0, 1);
    bias.ifPresent(its -> Require.shape("dense: the bias", its, outputs));
  }

  public Dense(int inputs, int outputs) {
    this(inputs, outputs, Activation.IDENTITY);
  }

  /** With an activation, and first weights that suit it. */
  public Dense(int inputs, int outputs, Activation activation) {
    this(
        Parameter.of(activation.init(), outputs, inputs),
        Optional.of(Parameter.of(Init.zeros(), outputs)),
        activation);
  }

  /** The same without a bias. */
  public Dense withoutBias() {
    return new Dense(weight, Optional.empty(), activation);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor z = x.matmul(weight.value().transpose());
    return activation.apply(bias.map(b -> z.plus(b.value())).orElse(z));
  }
}
