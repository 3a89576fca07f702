package dev.cajal.testing;

import dev.cajal.engine.reference.Reference;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An operation once more, on other numbers of the same shapes: on errors, or on the ends of
 * intervals. All numbers are f64.
 *
 * @param node the operation
 * @param sizes what the symbols of its shapes are
 */
record Again(Tensor node, Map<String, Long> sizes) {

  double[] on(double[]... numbers) {
    List<Tensor> inputs = new ArrayList<>();
    Bindings bindings = new Bindings(Map.of(), sizes, 0, false);
    for (double[] some : numbers) {
      Shape shape = node.inputs().get(inputs.size()).shape();
      Tensor input = Tensor.input("x" + inputs.size(), DType.F64, shape.sizes().toArray());
      inputs.add(input);
      bindings = bindings.with(input, Array.wrap(some, shape.bind(sizes)));
    }
    return Reference.evaluate(node.withInputs(inputs), bindings).toDoubles();
  }
}
