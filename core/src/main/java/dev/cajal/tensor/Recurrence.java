package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A loop as part of an expression: a step function is applied along axis 0 of some sequences and
 * hands its carries to the next step. It is written once and not unrolled, so it may have as many
 * steps as a symbol says, and its gradient is back-propagation through time.
 *
 * <pre>{@code
 * Tensor states = Recurrence.over(xs).states(h0, (h, x) -> x.matmul(w).plus(h.matmul(u)).tanh());
 * }</pre>
 *
 * <p>What the step uses from outside is the same in every step, random numbers included: draw those
 * of all steps outside, as a sequence, to have others in each.
 *
 * @param steps how many steps there are
 * @param sequences tensors with one slice a step along axis 0
 * @param direction which step comes first
 * @param truncation after how many steps the gradient stops flowing back, if it does
 */
public record Recurrence(
    Size steps, List<Tensor> sequences, Body.Direction direction, Optional<Integer> truncation) {

  /** What the names of a rule's carries and slices end in. */
  static final String PRIME = "′";

  /** What one step gives: the carries for the next, and outputs that are stacked over the steps. */
  public record Step(List<Tensor> carries, List<Tensor> outputs) {}

  /** What one step does with its carries and its slices of the sequences. */
  public interface Rule {
    Step step(List<Tensor> carries, List<Tensor> slices);
  }

  /**
   * What a loop gives: the carries after the last step, and the outputs of all steps along axis 0.
   */
  public record Result(List<Tensor> last, List<Tensor> outputs) {}

  public Recurrence {
    sequences = List.copyOf(sequences);
    truncation.ifPresent(length ->
        require(
            length > 0, "recurrence", () -> "pieces of %d steps are too short".formatted(length)));
  }

  /** A loop along axis 0 of sequences, which are equally long. */
  public static Recurrence over(Tensor... sequences) {
    require(sequences.length > 0, "recurrence", () -> "it needs a sequence, or a number of steps");
    Size steps = sequences[0].size(sequences[0].axis("recurrence", 0));
    for (Tensor sequence : sequences) {
      require(
          sequence.rank() > 0 && sequence.size(0).equals(steps),
          "recurrence",
          () ->
              "%s and %s are not equally long on axis 0"
                  .formatted(sequences[0].brief(), sequence.brief()));
    }
    return new Recurrence(steps, List.of(sequences), Body.Direction.FORWARD, Optional.empty());
  }

  /** A loop of so many steps, over no sequence. */
  public static Recurrence times(Object steps) {
    return new Recurrence(
        Shape.of(steps).size(0), List.of(), Body.Direction.FORWARD, Optional.empty());
  }

  /** The same loop in a direction. */
  public Recurrence towards(Body.Direction other) {
    return new Recurrence(steps, sequences, other, truncation);
  }

  /** The same loop from the last step to the first; outputs keep the places of their steps. */
  public Recurrence backward() {
    return towards(Body.Direction.BACKWARD);
  }

  /**
   * The same loop cut, for the gradient alone, into pieces of so many steps: truncated
   * back-propagation through time, where no gradient flows from one piece to the one before.
   */
  public Recurrence truncated(int length) {
    return new Recurrence(steps, sequences, direction, Optional.of(length));
  }

  /**
   * All states of a loop over one sequence that carries one tensor: {@code h[t] = step(h[t-1],
   * x[t])}.
   */
  public Tensor states(Tensor initial, BinaryOperator<Tensor> step) {
    require(
        sequences.size() == 1,
        "recurrence",
        () -> "states() takes one sequence, not " + sequences.size());
    return run(
            List.of(initial),
            (carries, slices) -> {
              Tensor next = step.apply(carries.getFirst(), slices.getFirst());
              return new Step(List.of(next), List.of(next));
            })
        .outputs()
        .getFirst();
  }

  /** Runs the rule from initial carries. */
  public Result run(List<Tensor> initial, Rule rule) {
    List<Tensor> all =
        truncation.isPresent()
            ? Stream.concat(sequences.stream(), Stream.of(stepNumbers())).toList()
            : sequences;
    var names = new HashSet<String>();
    List<Tensor> carries = placeholders(initial, "carry", 0, names);
    List<Tensor> slices = placeholders(all, "slice", 1, names);
    List<Tensor> seen = truncation.isPresent() ? stopped(carries, slices.getLast()) : carries;
    Step step = rule.step(seen, slices.subList(0, sequences.size()));
    List<Tensor> results = Stream.concat(step.carries().stream(), step.outputs().stream()).toList();
    var closure = Closure.over(carries, slices, results);
    List<Tensor> next = closure.results().subList(0, step.carries().size());
    var body = new Body(steps, direction, carries, slices, closure.placeholders(), next);
    return loop(closure, initial, all, body);
  }

  /**
   * Stand-ins for tensors, or for their slices where the first axis is left out. They are named for
   * what they stand for, with a prime, and each differently.
   */
  private static List<Tensor> placeholders(
      List<Tensor> outside, String otherwise, int from, Set<String> names) {
    var inside = new ArrayList<Tensor>();
    for (Tensor tensor : outside) {
      String name = tensor.name().orElse(otherwise + inside.size()) + PRIME;
      while (!names.add(name)) {
        name += PRIME;
      }
      Shape shape = tensor.shape().part(from, tensor.rank());
      inside.add(Tensor.of(new Op.Input(name, shape, tensor.dtype())));
    }
    return List.copyOf(inside);
  }

  private static Result loop(Closure closure, List<Tensor> initial, List<Tensor> all, Body body) {
    Tensor loop =
        Tensor.of(
            new Op.Scan(body),
            Stream.of(initial, all, closure.captured()).flatMap(List::stream).toList());
    return new Result(
        IntStream.range(0, body.next().size())
            .mapToObj(i -> Tensor.of(new Op.Last(i), loop))
            .toList(),
        closure.results().stream()
            .skip(body.next().size())
            .map(inner -> Tensor.of(new Op.Each(inner), loop))
            .toList());
  }

  /** 0 for the step that comes first, 1 for the next, and so on. */
  private Tensor stepNumbers() {
    Tensor numbers = Tensor.range(steps);
    return direction == Body.Direction.FORWARD ? numbers : numbers.flip(0);
  }

  /** The carries, without their gradient where a piece begins. */
  private List<Tensor> stopped(List<Tensor> carries, Tensor number) {
    int length = truncation.orElseThrow();
    Tensor begins = number.remainder(length).equalTo(0).and(number.greaterThan(0));
    return carries.stream()
        .map(carry ->
            carry.dtype().isFloat() ? Tensor.where(begins, carry.stopGradient(), carry) : carry)
        .toList();
  }
}
