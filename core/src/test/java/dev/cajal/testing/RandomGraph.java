package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Bindings;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Outputs, updates of parameters, and numbers for the inputs: what an engine is held against the
 * reference interpreter with.
 *
 * @param outputs what is asked for
 * @param updates what parameters become
 * @param bindings the values of the inputs, the sizes of symbols, the seed and the mode
 */
public record RandomGraph(List<Tensor> outputs, Map<Parameter, Tensor> updates, Bindings bindings) {

  /** How many numbers an engine was held to, and at how many of them anything would have passed. */
  public record Tally(long numbers, long undecided) {
    public Tally plus(Tally other) {
      return new Tally(numbers + other.numbers, undecided + other.undecided);
    }

    public double undecidedShare() {
      return numbers == 0 ? 0 : (double) undecided / numbers;
    }
  }

  /** A number that an engine got wrong, or how it failed. */
  public record Mistake(
      String where, double expected, double found, double allowed, Optional<Throwable> cause) {
    @Override
    public String toString() {
      return cause.isPresent()
          ? where
          : "%s: expected %s, found %s, allowed are %.3g"
              .formatted(where, expected, found, allowed);
    }
  }

  public RandomGraph {
    outputs = List.copyOf(outputs);
    updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
  }

  /** A graph of up to 30 nodes, often with gradients and updates. */
  public static RandomGraph of(Choices choices) {
    return RandomGraphs.of(choices);
  }

  /** All that is computed: outputs and new values of parameters. */
  List<Tensor> roots() {
    var roots = new ArrayList<>(outputs);
    roots.addAll(updates.values());
    return roots;
  }

  /** The parameters that it reads or writes. */
  List<Parameter> parameters() {
    Set<Parameter> found = new LinkedHashSet<>(updates.keySet());
    found.addAll(graph().parameters());
    return List.copyOf(found);
  }

  Graph graph() {
    return Graph.of(roots(), bindings.values()::containsKey);
  }

  /** The outputs, and what parameters are after the run; then these get their numbers back. */
  public List<Array> run(Engine engine) {
    return keepingParameters(() -> {
      var results = new ArrayList<>(engine.run(outputs, updates, bindings));
      parameters().forEach(parameter -> results.add(parameter.array().copy()));
      return results;
    });
  }

  /** Whether a run leaves parameters as they are. */
  public boolean isPure() {
    return writes().isEmpty();
  }

  private <T> T keepingParameters(Supplier<T> action) {
    Map<Parameter, Array> before = new LinkedHashMap<>();
    parameters().forEach(parameter -> before.put(parameter, parameter.array().copy()));
    try {
      return action.get();
    } finally {
      before.forEach(Parameter::set);
    }
  }

  /** What the parameters become, by the reference's nodes. */
  private Map<Parameter, Tensor> writes() {
    var writes = new LinkedHashMap<>(updates);
    for (Tensor node : graph().nodes()) {
      if (node.op() instanceof Op.Assign(var parameter)) {
        writes.put(parameter, node.inputs().getLast());
      }
    }
    return writes;
  }

  /**
   * Holds an engine to the reference interpreter; fails by an assertion that shows the smallest
   * graph found with which it still fails.
   */
  public Tally check(Engine engine) {
    Tolerance tolerance = Tolerance.of(roots(), bindings);
    Optional<Mistake> mistake = mistake(engine, tolerance);
    if (mistake.isPresent()) {
      boolean wrongNumber = mistake.get().cause().isEmpty();
      RandomGraph smallest =
          RandomGraphShrinking.of(
              this,
              smaller ->
                  smaller
                      .mistake(engine)
                      .filter(it -> it.cause().isEmpty() == wrongNumber)
                      .isPresent());
      Mistake still = smallest.mistake(engine).orElse(mistake.get());
      throw new AssertionError(still + "\n" + smallest, still.cause().orElse(null));
    }
    return tally(tolerance);
  }

  /** What the engine gets wrong, or that it fails. */
  Optional<Mistake> mistake(Engine engine) {
    return mistake(engine, Tolerance.of(roots(), bindings));
  }

  private Optional<Mistake> mistake(Engine engine, Tolerance tolerance) {
    try {
      return wrongNumber(engine, tolerance);
    } catch (RuntimeException | Error e) {
      return Optional.of(new Mistake(e.toString(), 0, 0, 0, Optional.of(e)));
    }
  }

  private Optional<Mistake> wrongNumber(Engine engine, Tolerance tolerance) {
    // What parameters are to be in the end: what is written to them, or what they were.
    Map<Parameter, Tensor> afterwards = new LinkedHashMap<>();
    for (Parameter parameter : parameters()) {
      afterwards.put(parameter, parameter.value());
      tolerance.give(parameter.value(), parameter.array());
    }
    afterwards.putAll(writes());
    return keepingParameters(() -> {
      List<Array> found = engine.run(outputs, updates, bindings);
      return Stream.concat(
              IntStream.range(0, outputs.size())
                  .mapToObj(i -> tolerance.mistake("output " + i, outputs.get(i), found.get(i))),
              afterwards.entrySet().stream()
                  .map(each -> {
                    Parameter parameter = each.getKey();
                    return tolerance.mistake(
                        "new " + parameter, each.getValue(), parameter.array());
                  }))
          .flatMap(Optional::stream)
          .findFirst();
    });
  }

  /** The same for other sizes of its symbols: the inputs' numbers are repeated, or cut. */
  public RandomGraph resized(Map<String, Long> sizes) {
    Map<Tensor, Array> values = new LinkedHashMap<>();
    bindings
        .values()
        .forEach((node, value) -> values.put(node, resized(value, node.shape().bind(sizes))));
    return new RandomGraph(
        outputs, updates, new Bindings(values, sizes, bindings.seed(), bindings.training()));
  }

  private static Array resized(Array value, Shape shape) {
    var numbers = new double[(int) shape.elements().number()];
    for (int i = 0; i < numbers.length && value.length() > 0; i++) {
      numbers[i] = value.at(i % value.length());
    }
    return Array.wrap(numbers, shape).as(value.dtype(), shape);
  }

  Tally tally() {
    return tally(Tolerance.of(roots(), bindings));
  }

  private Tally tally(Tolerance tolerance) {
    long numbers = 0;
    long undecided = 0;
    for (Tensor root : roots()) {
      Enclosure x = tolerance.of(root);
      for (int i = 0; i < x.errors().length; i++) {
        numbers++;
        undecided += x.errors()[i] > 0.1 * Math.max(1e-3, Math.abs(x.values()[i])) ? 1 : 0;
      }
    }
    return new Tally(numbers, undecided);
  }

  /** The expressions, and what the inputs are. */
  @Override
  public String toString() {
    var text = new StringBuilder(graph().listing());
    updates.forEach((parameter, value) ->
        text.append("\nupdating ").append(parameter).append(" to ").append(value));
    bindings
        .values()
        .forEach((node, value) ->
            text.append("\n%s %s = %s".formatted(node.brief(), node.dtype(), value)));
    graph()
        .parameters()
        .forEach(parameter -> text.append("\n%s = %s".formatted(parameter, parameter.array())));
    return text.append(
            "\nsizes %s, seed %d, training %s"
                .formatted(bindings.sizes(), bindings.seed(), bindings.training()))
        .toString();
  }
}
