package dev.cajal.train;

import dev.cajal.nn.Loss;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Size;
import dev.cajal.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What samples must be like, so that a model, a loss and metrics can take them; whatever is not is
 * refused before anything is learned.
 */
record Requirements(Loss loss, Tensor x, Tensor y, Optional<Tensor> weight, Tensor output) {

  /** Refuses samples that the model or the loss can't take. */
  void require(String what, Samples samples) {
    if (samples.size() == 0) {
      throw new IllegalArgumentException("trainer: there are no %s samples".formatted(what));
    }
    int size = samples instanceof Batch all ? all.size() : Checksum.atATime(samples);
    boolean isAnyCounted = false;
    for (int from = 0; from < samples.size(); from += size) {
      int to = Math.min(samples.size(), from + size);
      isAnyCounted |= isAnyCounted(what, samples.part(from, to), from);
    }
    if (!isAnyCounted) {
      throw new IllegalArgumentException("trainer: %s weights are all 0".formatted(what));
    }
  }

  /** Whether any of some samples counts, which begin at a row, after what they are was checked. */
  private boolean isAnyCounted(String what, Batch samples, int from) {
    requireLike(what + " inputs", samples.x(), x);
    requireLike(what + " targets", samples.y(), y);
    requireFinite(what + " inputs", samples.x(), from);
    if (samples.weight().isPresent() != weight.isPresent()) {
      throw new IllegalArgumentException(
          "trainer: %s samples %s weights"
              .formatted(what, weight.isPresent() ? "have no" : "have"));
    }
    try {
      loss.check(samples.y(), output.shape(), counts(samples));
    } catch (IllegalArgumentException e) {
      String counted = from == 0 ? "" : " (counted from row %d on)".formatted(from);
      throw new IllegalArgumentException("%s: %s%s".formatted(what, e.getMessage(), counted), e);
    }
    return samples.weight().map(its -> isAnyPositive(what + " weights", its, from)).orElse(true);
  }

  /** Refuses metrics that can't measure such outputs, before there are any. */
  void require(List<Metric> metrics, Samples samples) {
    if (metrics.isEmpty()) {
      return;
    }
    Batch few = samples.part(0, Math.min(2, samples.size()));
    Shape shape = output.shape().bind(sizes(few));
    var zeros = new float[Math.toIntExact(shape.elements().number())];
    var places = Places.of(Array.wrap(zeros, shape), few);
    metrics.forEach(metric -> metric.of(places.y(), places.t()));
  }

  private boolean isAnyPositive(String what, Array array, int from) {
    requireLike(what, array, weight.orElseThrow());
    boolean isAny = false;
    for (int i = 0; i < array.length(); i++) {
      double number = array.at(i);
      if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "trainer: %s: row %d has %s"
                .formatted(
                    what, from + (int) ((long) i * array.rowCount() / array.length()), number));
      }
      isAny |= number > 0;
    }
    return isAny;
  }

  private static IntPredicate counts(Batch samples) {
    if (samples.weight().isEmpty()) {
      return _ -> true;
    }
    Array weight = samples.weight().get();
    int numbers = Math.max(1, samples.y().length() / Math.max(1, weight.length()));
    return i -> weight.at(i / numbers) != 0;
  }

  private static void requireFinite(String what, Array array, int from) {
    int width = array.length() / array.rowCount();
    for (int i = 0; i < array.length(); i++) {
      double number = array.at(i);
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "trainer: %s: row %d has %s".formatted(what, from + i / width, number));
      }
    }
  }

  static void requireLike(String what, Array array, Tensor wanted) {
    Shape shape = wanted.shape();
    boolean fits = array.shape().rank() == shape.rank();
    for (int i = 1; fits && i < shape.rank(); i++) {
      fits = !shape.size(i).isNumber() || shape.size(i).equals(array.shape().size(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "trainer: %s are %s, not %s".formatted(what, array.shape(), shape));
    }
    if (array.dtype().isFloat() != wanted.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "trainer: %s are %s, not %s".formatted(what, array.dtype(), wanted.dtype()));
    }
  }

  /** The numbers of the symbols in the shapes of a batch. */
  Map<String, Long> sizes(Batch batch) {
    Map<String, Long> sizes = new HashMap<>();
    for (int i = 0; i < x.rank(); i++) {
      Size size = x.shape().size(i);
      if (size.factor() == 1 && size.symbols().size() == 1) {
        sizes.put(size.symbols().getFirst(), batch.x().shape().size(i).number());
      }
    }
    return sizes;
  }
}
