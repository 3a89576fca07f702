package dev.cajal.autodiff;

import dev.cajal.tensor.Recurrence;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * All derivatives of all elements: {@code J[i…, j…] = ∂y[i…]/∂x[j…]}, in the shape of y followed by
 * that of x. Both ways give the same; reverse mode takes a pass for each element of y, forward mode
 * one for each element of x.
 */
public final class Jacobian {
  private Jacobian() {}

  /** By reverse mode: for few results of many variables. */
  public static Tensor reverse(Tensor y, Tensor x) {
    Tensor rows = forEachUnit(y, unit -> Gradient.vectorJacobian(y, unit, List.of(x)).getFirst());
    return rows.reshape(y.shape().then(x.shape()));
  }

  /** By forward mode: for many results of few variables. */
  public static Tensor forward(Tensor y, Tensor x) {
    Tensor columns = forEachUnit(x, unit -> Gradient.jacobianVector(y, x, unit));
    Size inputs = x.shape().elements();
    Size outputs = y.shape().elements();
    return columns
        .reshape(Shape.of(inputs, outputs))
        .transpose()
        .reshape(y.shape().then(x.shape()));
  }

  /** What a function gives for each unit vector of a space, stacked along axis 0. */
  private static Tensor forEachUnit(Tensor space, UnaryOperator<Tensor> f) {
    Gradient.requireFloat("Jacobian of", space);
    Size elements = space.shape().elements();
    return Recurrence.over(Tensor.range(elements))
        .run(
            List.of(),
            (_, slices) -> {
              Tensor unit = Tensor.range(elements).equalTo(slices.getFirst()).cast(space.dtype());
              return new Recurrence.Step(List.of(), List.of(f.apply(unit.reshape(space.shape()))));
            })
        .outputs()
        .getFirst();
  }
}
