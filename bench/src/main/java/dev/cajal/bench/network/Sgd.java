package dev.cajal.bench.network;

import dev.cajal.autodiff.Gradient;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code w ← w - rate·g}. */
public record Sgd(double rate) implements Optimizer {

  @Override
  public Map<Parameter, Tensor> updates(Tensor loss, List<Parameter> parameters) {
    List<Tensor> gradients = Gradient.of(loss, parameters.stream().map(Parameter::value).toList());
    Map<Parameter, Tensor> updates = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      Parameter w = parameters.get(i);
      updates.put(w, w.value().minus(gradients.get(i).times(rate)));
    }
    return updates;
  }
}
