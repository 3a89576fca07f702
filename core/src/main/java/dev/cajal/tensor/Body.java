package dev.cajal.tensor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a {@link Op.Scan} does in one step: an expression of its own, over placeholders. It refers
 * to nothing outside; what it uses from there are its captured placeholders, so that a loop is a
 * node like any other.
 *
 * @param steps how many steps there are
 * @param direction which step comes first
 * @param carries placeholders of the values that go from step to step
 * @param sequences placeholders of the slices, one a step, of the sequences
 * @param captured placeholders of tensors that are the same in every step
 * @param next the carries after the step, in the shapes and dtypes of {@code carries}
 */
public record Body(
    Size steps,
    Direction direction,
    List<Tensor> carries,
    List<Tensor> sequences,
    List<Tensor> captured,
    List<Tensor> next) {

  /** Which step of a loop comes first. */
  public enum Direction {
    /** From index 0 to the last. */
    FORWARD,
    /** From the last index to 0. */
    BACKWARD;

    public Direction opposite() {
      return this == FORWARD ? BACKWARD : FORWARD;
    }
  }

  public Body {
    carries = List.copyOf(carries);
    sequences = List.copyOf(sequences);
    captured = List.copyOf(captured);
    next = List.copyOf(next);
    var own = new HashSet<>(placeholders(carries, sequences, captured));
    next.forEach(result -> requireOwn(own, result));
  }

  /**
   * This body, for which a node is part of a step; refused if the node depends on anything else.
   */
  Body own(Tensor inner) {
    requireOwn(new HashSet<>(placeholders()), inner);
    return this;
  }

  private static void requireOwn(Set<Tensor> placeholders, Tensor inner) {
    for (Tensor input : Graph.of(List.of(inner), placeholders::contains).inputs()) {
      Complaint.require(
          placeholders.contains(input),
          "scan",
          () ->
              "a step depends on %s, which is not among what it is given".formatted(input.brief()));
    }
  }

  /** All placeholders, in the order of the inputs of the {@link Op.Scan} node. */
  public List<Tensor> placeholders() {
    return placeholders(carries, sequences, captured);
  }

  private static List<Tensor> placeholders(
      List<Tensor> carries, List<Tensor> sequences, List<Tensor> captured) {
    return Stream.of(carries, sequences, captured).flatMap(List::stream).toList();
  }

  @Override
  public String toString() {
    return "%d carries, %d sequences, %d captured, %s steps"
        .formatted(carries.size(), sequences.size(), captured.size(), steps);
  }
}
