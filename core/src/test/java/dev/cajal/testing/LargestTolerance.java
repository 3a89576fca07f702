package dev.cajal.testing;

import dev.cajal.tensor.Op;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comparison of elements with their own largest, as the gradient of a maximum makes it: the
 * largest is one of them to the last bit, whatever its error.
 */
final class LargestTolerance {
  private LargestTolerance() {}

  /** The errors of {@code x = y}, where one is perhaps the largest of the other, moved about. */
  static double[] of(
      Tensor x, Tensor y, Tolerance known, Map<String, Long> sizes, double[] otherwise) {
    Optional<List<Tensor>> path = path(y, x).or(() -> path(x, y));
    return path.map(steps -> errors(steps, known, sizes, otherwise)).orElse(otherwise);
  }

  /** From the maximum over {@code of} up to y, if only movements are between. */
  private static Optional<List<Tensor>> path(Tensor y, Tensor of) {
    var path = new ArrayList<Tensor>();
    for (Tensor node = y; ; node = node.inputs().getFirst()) {
      path.addFirst(node);
      switch (node.op()) {
        case Op.Reshape _, Op.Expand _ -> {}
        case Op.Max _ -> {
          boolean same = node.inputs().getFirst().equals(of);
          return same ? Optional.of(path) : Optional.empty();
        }
        default -> {
          return Optional.empty();
        }
      }
    }
  }

  private static double[] errors(
      List<Tensor> path, Tolerance known, Map<String, Long> sizes, double[] otherwise) {
    Tensor largest = path.getFirst();
    Enclosure x = known.of(largest.inputs().getFirst());
    double[] least = along(path, sizes, x.low());
    var candidates = new double[least.length];
    for (int i = 0; i < candidates.length; i++) {
      boolean possible = x.values()[i] + x.errors()[i] >= least[i];
      candidates[i] = possible || !Double.isFinite(x.errors()[i]) ? 1 : 0;
    }
    Tensor sum = Tensor.of(new Op.Sum(((Op.Max) largest.op()).axes()), largest.inputs());
    var counting = new ArrayList<>(path);
    counting.set(0, sum);
    double[] count = along(counting, sizes, candidates);
    var errors = new double[otherwise.length];
    for (int i = 0; i < errors.length; i++) {
      boolean decided = candidates[i] == 0 || count[i] == 1;
      errors[i] = decided ? 0 : otherwise[i];
    }
    return errors;
  }

  private static double[] along(List<Tensor> path, Map<String, Long> sizes, double[] numbers) {
    double[] moved = numbers;
    for (Tensor node : path) {
      moved = new Again(node, sizes).on(moved);
    }
    return moved;
  }
}
