package dev.cajal.testing;

import dev.cajal.engine.reference.Evaluation;
import dev.cajal.tensor.Body;
import dev.cajal.tensor.Graph;
import dev.cajal.tensor.Op;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The errors of what a loop gives: those of its steps, each with the errors of the one before. */
final class LoopTolerance {
  private final Body body;
  private final List<Enclosure> in;
  private final Tolerance outside;
  private List<Enclosure> carries;
  private final Map<Tensor, double[]> each = new HashMap<>();

  private LoopTolerance(Body body, List<Enclosure> in, Tolerance outside) {
    this.body = body;
    this.in = in;
    this.outside = outside;
    this.carries = in.subList(0, body.carries().size());
  }

  /** The errors of a loop of which some inner nodes are read, by the values of its steps. */
  static LoopTolerance of(
      Tensor node, Set<Tensor> read, List<Evaluation> steps, Tolerance outside) {
    Body body = ((Op.Scan) node.op()).body();
    List<Enclosure> in = node.inputs().stream().map(outside::of).toList();
    var loop = new LoopTolerance(body, in, outside);
    for (Tensor inner : read) {
      Shape shape = inner.shape().bind(outside.sizes());
      loop.each.put(inner, new double[(int) shape.elements().number() * steps.size()]);
    }
    for (int done = 0; done < steps.size(); done++) {
      boolean forward = body.direction() == Body.Direction.FORWARD;
      int t = forward ? done : steps.size() - 1 - done;
      loop.step(t, steps.get(t), read);
    }
    return loop;
  }

  private void step(int t, Evaluation evaluation, Set<Tensor> read) {
    Tolerance inside = outside.inside();
    List<Tensor> placeholders = body.placeholders();
    for (int i = 0; i < placeholders.size(); i++) {
      boolean isCarry = i < body.carries().size();
      boolean isSequence = !isCarry && i < body.carries().size() + body.sequences().size();
      inside.give(
          placeholders.get(i),
          isCarry ? carries.get(i) : isSequence ? slice(in.get(i), t) : in.get(i));
    }
    Set<Tensor> results = new LinkedHashSet<>(body.next());
    results.addAll(read);
    inside.walk(Graph.of(results, placeholders::contains), evaluation);
    for (Tensor inner : read) {
      double[] errors = inside.of(inner).errors();
      System.arraycopy(errors, 0, each(inner), t * errors.length, errors.length);
    }
    carries = body.next().stream().map(inside::of).toList();
  }

  private static Enclosure slice(Enclosure sequence, int t) {
    int[] sizes = Arrays.copyOfRange(sequence.sizes(), 1, sequence.sizes().length);
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return new Enclosure(
        sizes,
        Arrays.copyOfRange(sequence.values(), t * count, (t + 1) * count),
        Arrays.copyOfRange(sequence.errors(), t * count, (t + 1) * count));
  }

  double[] last(int carry) {
    return carries.get(carry).errors();
  }

  double[] each(Tensor inner) {
    return Objects.requireNonNull(each.get(inner));
  }
}
