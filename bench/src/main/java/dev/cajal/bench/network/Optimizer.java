package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** How a network learns: from a loss, new values for its parameters. */
@FunctionalInterface
public interface Optimizer {

  /** What a step of training sets, what the optimizer keeps for the next one included. */
  Map<Parameter, Tensor> updates(Tensor loss, List<Parameter> parameters);
}
