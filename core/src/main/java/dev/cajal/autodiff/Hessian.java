package dev.cajal.autodiff;

import dev.cajal.tensor.Tensor;
import java.util.List;

/** Second derivatives of a scalar: {@code H[i…, j…] = ∂²y/∂x[i…]∂x[j…]}. */
public final class Hessian {
  private Hessian() {}

  /** All of it, in the shape of x followed by that of x: forward mode over reverse mode. */
  public static Tensor of(Tensor y, Tensor x) {
    return Jacobian.forward(Gradient.of(y, x), x);
  }

  /** {@code H·v}, at the cost of a few gradients, without H. */
  public static Tensor vector(Tensor y, Tensor x, Tensor v) {
    return Gradient.jacobianVector(Gradient.of(y, x), x, v);
  }

  /** {@code H·v} for several x, each moved along its v. */
  public static List<Tensor> vector(Tensor y, List<Tensor> xs, List<Tensor> vs) {
    return Gradient.of(y, xs).stream()
        .map(slope -> Gradient.jacobianVector(slope, xs, vs))
        .toList();
  }
}
