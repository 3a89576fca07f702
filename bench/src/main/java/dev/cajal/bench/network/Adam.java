package dev.cajal.bench.network;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, 2015), and with a decay AdamW (Loshchilov and Hutter, 2019). In step t:
 *
 * <pre>{@code
 * m ← β₁·m + (1 - β₁)·g,  v ← β₂·v + (1 - β₂)·g²
 * w ← (1 - rate·decay)·w - rate·m/(1 - β₁ᵗ) / (√(v/(1 - β₂ᵗ)) + ε)
 * }</pre>
 */
public record Adam(double rate, double decay) implements Optimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  public Adam(double rate) {
    this(rate, 0);
  }

  @Override
  public Map<Parameter, Tensor> updates(Tensor loss, List<Parameter> parameters) {
    List<Tensor> gradients = Gradient.of(loss, parameters.stream().map(Parameter::value).toList());
    Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    Parameter steps = Parameter.of("steps", Array.scalar(DType.F32, 0));
    Tensor t = steps.value().plus(1);
    updates.put(steps, t);
    // Numbers, so that each element takes one root and one quotient.
    Tensor pace = Tensor.scalar(rate).over(oneMinusPower(BETA1, t));
    Tensor scale = oneMinusPower(BETA2, t).sqrt().reciprocal();
    for (int i = 0; i < gradients.size(); i++) {
      Parameter w = parameters.get(i);
      Tensor g = gradients.get(i);
      Parameter m = like(w, ".m");
      Parameter v = like(w, ".v");
      Tensor nextM = m.value().times(BETA1).plus(g.times(1 - BETA1));
      Tensor nextV = v.value().times(BETA2).plus(g.square().times(1 - BETA2));
      Tensor change = nextM.times(pace).over(nextV.sqrt().times(scale).plus(EPSILON));
      updates.put(m, nextM);
      updates.put(v, nextV);
      updates.put(w, w.value().times(1 - rate * decay).minus(change));
    }
    return updates;
  }

  /** {@code 1 - βᵗ}; by way of expm1, for β is near 1 and a float has seven digits. */
  private static Tensor oneMinusPower(double beta, Tensor t) {
    return t.times(Math.log(beta)).expm1().negated();
  }

  private static Parameter like(Parameter w, String suffix) {
    var zeros = new float[w.array().length()];
    return Parameter.of(w.name().orElseThrow() + suffix, Array.wrap(zeros, w.shape()));
  }
}
