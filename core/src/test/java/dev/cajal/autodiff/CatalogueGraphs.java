package dev.cajal.autodiff;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import dev.cajal.testing.Choices;
import dev.cajal.testing.RandomGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The {@link Catalogue} of everything that can be differentiated, as graphs to hold engines to: an
 * expression and its gradients, with numbers.
 *
 * @param name what is tested
 * @param graph the expression with random shapes and numbers
 */
@SuppressWarnings("exports") // Tests see each other's packages.
public record CatalogueGraphs(String name, Function<Choices, RandomGraph> graph) {

  /** All cases, in double precision. */
  public static Stream<CatalogueGraphs> all() {
    return Catalogue.cases().stream()
        .map(each -> new CatalogueGraphs(each.toString(), choices -> graph(each, choices)));
  }

  private static RandomGraph graph(Case each, Choices choices) {
    Scene scene = new Scene(choices);
    Tensor y = each.expression().apply(scene);
    var outputs = new ArrayList<>(List.of(y));
    outputs.addAll(Gradient.of(Scene.weighted(y), scene.variables()));
    return new RandomGraph(outputs, Map.of(), onInputs(scene.bindings()));
  }

  /** Engines take values for inputs alone; parameters have their own. */
  private static Bindings onInputs(Bindings bindings) {
    Map<Tensor, Array> values = new HashMap<>(bindings.values());
    values.keySet().removeIf(node -> !(node.op() instanceof Op.Input));
    return new Bindings(values, bindings.sizes(), bindings.seed(), bindings.training());
  }
}
