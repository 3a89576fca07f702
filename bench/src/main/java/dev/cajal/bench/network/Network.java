package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;

/** A function of a tensor, with the parameters that it learns. */
public interface Network {

  Tensor apply(Tensor x);

  List<Parameter> parameters();
}
