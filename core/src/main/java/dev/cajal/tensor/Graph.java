package dev.cajal.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Some outputs and all nodes below them, each once, inputs before what uses them. The bodies of
 * loops are not part of it: each is a graph of its own.
 *
 * @param outputs the tensors asked for
 * @param nodes every node they depend on, and they themselves, in the order they were made
 */
public record Graph(List<Tensor> outputs, List<Tensor> nodes) {

  public static Graph of(Tensor... outputs) {
    return of(List.of(outputs));
  }

  public static Graph of(Collection<Tensor> outputs) {
    return of(outputs, _ -> false);
  }

  /**
   * The graph that ends at the leaves and at nodes that are known already, whose inputs are not
   * looked at.
   */
  public static Graph of(Collection<Tensor> outputs, Predicate<Tensor> known) {
    Map<Tensor, Tensor> seen = new HashMap<>();
    Set<Tensor> expanded = new HashSet<>();
    var open = new ArrayDeque<Tensor>(outputs);
    while (!open.isEmpty()) {
      Tensor node = open.pop();
      // The same node may have a name in one place and none in another: the name is worth keeping.
      seen.merge(node, node, (old, again) -> old.name().isPresent() ? old : again);
      if (expanded.add(node) && !known.test(node)) {
        node.inputs().forEach(open::push);
      }
    }
    // Older first is inputs first, and the order in which the expression was written.
    var nodes = new ArrayList<>(seen.values());
    nodes.sort(Comparator.comparingLong(Tensor::birth));
    return new Graph(List.copyOf(outputs), List.copyOf(nodes));
  }

  /** The nodes whose values are given at evaluation. */
  public List<Tensor> inputs() {
    return nodes.stream().filter(node -> node.op() instanceof Op.Input).toList();
  }

  /** The parameters it reads or assigns to, each once. */
  public List<Parameter> parameters() {
    var found = new LinkedHashSet<Parameter>();
    for (Tensor node : nodes) {
      switch (node.op()) {
        case Op.Param(var parameter) -> found.add(parameter);
        case Op.Assign(var parameter) -> found.add(parameter);
        default -> {}
      }
    }
    return List.copyOf(found);
  }

  /**
   * What it assigns to parameters. Where there are several values for one, as of a layer that is
   * applied twice, they count in the order in which the marks were made: each reads the parameter
   * as the one before it left it. Marks with the very same value are one.
   */
  public Map<Parameter, Tensor> assignments() {
    Map<Parameter, LinkedHashSet<Tensor>> marked = new LinkedHashMap<>();
    for (Tensor node : nodes) {
      if (node.op() instanceof Op.Assign(var parameter)) {
        marked.computeIfAbsent(parameter, _ -> new LinkedHashSet<>()).add(node.inputs().getLast());
      }
    }
    Map<Parameter, Tensor> assigned = new LinkedHashMap<>();
    marked.forEach((parameter, values) -> {
      Tensor last = parameter.value();
      for (Tensor value : values) {
        last = replace(List.of(value), Map.of(parameter.value(), last)).getFirst();
      }
      assigned.put(parameter, last);
    });
    return assigned;
  }

  /** Some outputs without what they assign to some parameters: their values are the same. */
  public static List<Tensor> withoutAssigning(
      List<Tensor> outputs, Predicate<Parameter> parameters) {
    Map<Tensor, Tensor> renewed = new HashMap<>();
    for (Tensor node : of(outputs).nodes()) {
      List<Tensor> inputs = node.inputs().stream().map(it -> renewed.getOrDefault(it, it)).toList();
      if (node.op() instanceof Op.Assign(var parameter) && parameters.test(parameter)) {
        renewed.put(node, inputs.getFirst());
      } else if (!inputs.equals(node.inputs())) {
        renewed.put(node, node.withInputs(inputs));
      }
    }
    return outputs.stream().map(it -> renewed.getOrDefault(it, it)).toList();
  }

  /** Refuses two inputs of one name: nobody could tell which is meant. */
  public void requireDistinctInputs() {
    var names = new HashMap<String, Tensor>();
    for (Tensor input : inputs()) {
      Tensor other = names.put(((Op.Input) input.op()).name(), input);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are two inputs of one name: write it once and use it in both places"
                .formatted(other.brief(), input.brief()));
      }
    }
  }

  /** For each loop, the nodes of its body whose values over the steps are read from outside. */
  public Map<Tensor, Set<Tensor>> readFromLoops() {
    Map<Tensor, Set<Tensor>> read = new HashMap<>();
    for (Tensor node : nodes) {
      if (node.op() instanceof Op.Each(var inner)) {
        read.computeIfAbsent(node.inputs().getFirst(), _ -> new LinkedHashSet<>()).add(inner);
      }
    }
    return read;
  }

  /** The nodes that depend on one of some nodes, and those themselves. */
  public Set<Tensor> dependents(Collection<Tensor> origins) {
    Set<Tensor> dependents = new HashSet<>(origins);
    for (Tensor node : nodes) {
      if (node.inputs().stream().anyMatch(dependents::contains)) {
        dependents.add(node);
      }
    }
    return dependents;
  }

  /**
   * The outputs with some nodes replaced by others; what does not depend on those is shared, not
   * copied.
   */
  public static List<Tensor> replace(List<Tensor> outputs, Map<Tensor, Tensor> replacements) {
    Map<Tensor, Tensor> renewed = new HashMap<>(replacements);
    for (Tensor node : of(outputs, replacements::containsKey).nodes()) {
      if (!renewed.containsKey(node)) {
        renewed.put(node, node.withInputs(node.inputs().stream().map(renewed::get).toList()));
      }
    }
    return outputs.stream().map(renewed::get).toList();
  }

  /** The listing, cut when it is long. */
  @Override
  public String toString() {
    return Listing.of(outputs.toArray(Tensor[]::new)).shortened();
  }

  /** Every node as a readable line or part of one. */
  public String listing() {
    return Listing.of(outputs.toArray(Tensor[]::new)).whole();
  }

  /** A picture of it as a Mermaid flowchart, which many tools for Markdown show. */
  public String mermaid() {
    return Mermaid.text(Diagram.of(this));
  }

  /** A picture of it in Graphviz' language, for {@code dot -Tsvg}. */
  public String dot() {
    return Dot.text(Diagram.of(this));
  }
}
