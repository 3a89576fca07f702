package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** What is held against the reference interpreter. */
public interface Engine {

  /**
   * The values of the outputs, each in its dtype. All see the old values of parameters; at the end
   * updates and assignments are written into them.
   */
  List<Array> run(List<Tensor> outputs, Map<Parameter, Tensor> updates, Bindings bindings);
}
