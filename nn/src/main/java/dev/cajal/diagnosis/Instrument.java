package dev.cajal.diagnosis;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.nn.Parameters;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import dev.cajal.train.Batch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A program that measures a model on some samples as it is in training, without changing it: how
 * long its gradients are, and what its units answer.
 */
final class Instrument {
  private final SequencedMap<String, List<Parameter>> layers;
  private final List<Units> units;
  private final Program.Call call;

  Instrument(Layer model, Loss loss, Batch samples) {
    Parameters parameters = Parameters.of(model);
    Tensor x = input("x", samples.x());
    Tensor y = input("y", samples.y());
    Tensor output = model.apply(x);
    Tensor mean =
        samples
            .weight()
            .map(w -> loss.mean(output, y, input("weight", w)))
            .orElseGet(() -> loss.mean(output, y));
    Set<Parameter> assigned = Graph.of(mean).assignments().keySet();
    Graph graph = Graph.of(Graph.withoutAssigning(List.of(mean), _ -> true));
    this.layers = layers(graph, parameters, assigned);
    this.units = Units.of(graph, parameters);
    Tensor pure = graph.outputs().getFirst();
    this.call = Program.of(measures(pure)).training(true).call().seed(0);
    call.set("x", samples.x()).set("y", samples.y());
    samples.weight().ifPresent(w -> call.set("weight", w));
  }

  static Tensor input(String name, Array like) {
    var sizes = new ArrayList<Object>(like.shape().sizes());
    sizes.set(0, Size.symbol("batch"));
    return Tensor.input(
        name, like.dtype() == DType.F64 ? DType.F32 : like.dtype(), sizes.toArray());
  }

  private static SequencedMap<String, List<Parameter>> layers(
      Graph graph, Parameters parameters, Set<Parameter> assigned) {
    SequencedMap<String, List<Parameter>> layers = new LinkedHashMap<>();
    Set<Parameter> used = new HashSet<>(graph.parameters());
    parameters
        .byPath()
        .forEach((path, parameter) -> {
          if (used.contains(parameter) && !assigned.contains(parameter)) {
            layers.computeIfAbsent(Units.layer(path), _ -> new ArrayList<>()).add(parameter);
          }
        });
    return layers;
  }

  private List<Tensor> measures(Tensor loss) {
    var measures = new ArrayList<>(List.of(loss));
    List<Parameter> all = parameters();
    List<Tensor> gradients = Gradient.of(loss, all.stream().map(Parameter::value).toList());
    for (int i = 0; i < all.size(); i++) {
      Tensor gradient = gradients.get(i);
      // A row of an embedding that no sample has is no part of what is learned here.
      Tensor moved = all.get(i).value().where(gradient.equalTo(0).not(), 0);
      measures.add(length(gradient));
      measures.add(length(moved));
    }
    units.forEach(each -> measures.add(each.ill()));
    return measures;
  }

  /** Scaled, so that no square is too large or too small for a float. */
  private static Tensor length(Tensor tensor) {
    Tensor flat = tensor.flatten();
    Tensor largest = flat.abs().max(0).maximum(1e-30);
    return flat.over(largest).square().sum(0).sqrt().times(largest);
  }

  /** What is learned. */
  List<Parameter> parameters() {
    return layers.values().stream().flatMap(List::stream).toList();
  }

  /** The parameters of each layer. */
  SequencedMap<String, List<Parameter>> layers() {
    return layers;
  }

  Measurement measure(long step) {
    call.run();
    int at = 1;
    var ofLayers = new ArrayList<Measurement.OfLayer>();
    for (var layer : layers.entrySet()) {
      double gradient = 0;
      double weight = 0;
      long count = 0;
      for (int i = 0; i < layer.getValue().size(); i++) {
        gradient = Math.hypot(gradient, call.output(at++).item());
        weight = Math.hypot(weight, call.output(at++).item());
        count += layer.getValue().get(i).array().length();
      }
      ofLayers.add(new Measurement.OfLayer(layer.getKey(), gradient, weight, count));
    }
    var ofUnits = new ArrayList<Measurement.OfUnits>();
    for (Units each : units) {
      ofUnits.add(new Measurement.OfUnits(each.layer(), each.illness(), call.output(at++).item()));
    }
    return new Measurement(step, call.output(0).item(), ofLayers, ofUnits, Double.NaN);
  }
}
