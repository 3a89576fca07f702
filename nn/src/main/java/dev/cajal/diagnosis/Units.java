package dev.cajal.diagnosis;

import dev.cajal.nn.Parameters;
import dev.cajal.tensor.Binary;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import dev.cajal.tensor.Unary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hidden units of a layer that answer with relu, sigmoid or tanh, found in the expression of a
 * model by their operation.
 *
 * @param layer the path of the layer whose parameters are nearest below
 * @param answers {@code [batch…, units]}
 */
record Units(String layer, Unary function, Tensor answers) {

  /** Where a slope is less than this part of the steepest, a unit is saturated. */
  private static final double FLAT = 0.05;

  /**
   * Those of an expression, but for outputs, whose confidence is no illness, and for gates, which
   * are factors (as in {@code x·sigmoid(x)}) and made to be at their ends.
   */
  static List<Units> of(Graph graph, Parameters parameters) {
    var all = new ArrayList<Units>();
    for (Tensor node : graph.nodes()) {
      if (node.op() instanceof Op.Map1(var function)
          && isWatched(function)
          && node.rank() > 1
          && !isGate(graph, node)
          && isHidden(graph, node)) {
        nearest(node)
            .flatMap(parameters::path)
            .ifPresent(path -> all.add(new Units(layer(path), function, node)));
      }
    }
    return all;
  }

  private static boolean isWatched(Unary function) {
    return function == Unary.RELU || function == Unary.SIGMOID || function == Unary.TANH;
  }

  /** The path of the layer that a parameter belongs to. */
  static String layer(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "the model" : path.substring(0, dot);
  }

  private static boolean isGate(Graph graph, Tensor node) {
    return graph.nodes().stream()
        .filter(user -> user.inputs().contains(node))
        .anyMatch(user ->
            user.op() instanceof Op.Map2(var function)
                && function == Binary.TIMES
                && user.inputs().stream()
                    .anyMatch(other -> !other.equals(node) && !Graph.of(other).inputs().isEmpty()));
  }

  /** Whether parameters that have no part in it act on it. */
  private static boolean isHidden(Graph graph, Tensor node) {
    Set<Tensor> dependents = graph.dependents(List.of(node));
    dependents.remove(node);
    var beside = new HashSet<Tensor>();
    for (Tensor dependent : dependents) {
      dependent.inputs().stream()
          .filter(input -> !dependents.contains(input) && !input.equals(node))
          .forEach(beside::add);
    }
    var others = new HashSet<>(Graph.of(beside).parameters());
    Graph.of(node).parameters().forEach(others::remove);
    return !others.isEmpty();
  }

  /** The parameter that is the fewest operations below. */
  private static Optional<Parameter> nearest(Tensor node) {
    var seen = new HashSet<Tensor>();
    var open = new ArrayDeque<Tensor>(List.of(node));
    while (!open.isEmpty()) {
      Tensor next = open.remove();
      if (next.op() instanceof Op.Param(var parameter)) {
        return Optional.of(parameter);
      }
      next.inputs().stream().filter(seen::add).forEach(open::add);
    }
    return Optional.empty();
  }

  /** The illness that these units can have. */
  Illness illness() {
    return switch (function) {
      case RELU -> Illness.DEAD_RELUS;
      case SIGMOID -> Illness.SATURATED_SIGMOIDS;
      case TANH -> Illness.SATURATED_TANHS;
      default -> throw new AssertionError(function);
    };
  }

  /** What part has it: of relus the units that are 0 for all samples, of others the answers. */
  Tensor ill() {
    Tensor is =
        switch (function) {
          case RELU -> answers.max(allButLast()).atMost(0);
          case SIGMOID -> answers.times(answers.negated().plus(1)).lessThan(FLAT / 4);
          case TANH -> answers.square().negated().plus(1).lessThan(FLAT);
          default -> throw new AssertionError(function);
        };
    return is.cast(answers.dtype()).mean();
  }

  private int[] allButLast() {
    var axes = new int[answers.rank() - 1];
    Arrays.setAll(axes, i -> i);
    return axes;
  }
}
