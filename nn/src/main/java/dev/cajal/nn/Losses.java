package dev.cajal.nn;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/**
 * The usual losses; y is the output, t the target. Those of vectors take the mean over the vector's
 * numbers, those of classes one number a row.
 */
public final class Losses {
  private Losses() {}

  // Numbers.

  /** {@code mean((y - t)²)}. */
  public static Loss meanSquaredError() {
    return new OfNumbers((y, t) -> y.minus(t).square());
  }

  /** {@code mean(|y - t|)}. */
  public static Loss meanAbsoluteError() {
    return new OfNumbers((y, t) -> y.minus(t).abs());
  }

  /** {@code ½(y - t)²} up to a distance of δ, and {@code δ(|y - t| - ½δ)} beyond (Huber, 1964). */
  public static Loss huber(double delta) {
    requirePositive("huber: delta", delta);
    return new OfNumbers((y, t) -> {
      Tensor d = y.minus(t).abs();
      Tensor near = d.minimum(delta);
      return near.times(d.minus(near.times(0.5)));
    });
  }

  // Yes or no.

  /**
   * {@code -t·log(y) - (1 - t)·log(1 - y)} of probabilities y; logarithms are cut at -100. Prefer
   * {@link #binaryCrossEntropyFromLogits}, which loses no digits.
   */
  public static Loss binaryCrossEntropy() {
    return new OfNumbers(Losses::ofProbabilities, t -> t >= 0 && t <= 1, "from 0 to 1");
  }

  private static Tensor ofProbabilities(Tensor y, Tensor t) {
    Tensor yes = y.log().maximum(-100);
    Tensor no = y.negated().log1p().maximum(-100);
    return t.times(yes).plus(t.negated().plus(1).times(no)).negated();
  }

  /** The same of {@code sigmoid(y)}: {@code softplus(y) - t·y}. */
  public static Loss binaryCrossEntropyFromLogits() {
    return new OfNumbers(
        (y, t) -> y.softplus().minus(t.times(y)), t -> t >= 0 && t <= 1, "from 0 to 1");
  }

  /** {@code max(0, 1 - t·y)} for targets of -1 and 1 (Rosasco et al., 2004). */
  public static Loss hinge() {
    return new OfNumbers(
        (y, t) -> t.times(y).negated().plus(1).relu(), t -> t == 1 || t == -1, "-1 or 1");
  }

  // Classes.

  /**
   * {@code -log softmax(y)ₜ}: y are logits, t the number of a class for each row, or a distribution
   * over classes.
   */
  public static CrossEntropy crossEntropy() {
    return new CrossEntropy(0, List.of());
  }

  /** {@code -yₜ} for logarithms of probabilities y. */
  public static Loss negativeLogLikelihood() {
    return new OfClasses((y, t) -> y.times(t).sum(-1).negated());
  }

  /** {@code Σⱼ max(0, 1 - yₜ + yⱼ)/classes} over all other classes j (Crammer and Singer, 2001). */
  public static Loss multiClassHinge() {
    return new OfClasses((y, t) -> {
      Tensor own = y.times(t).sumKeeping(-1);
      Tensor margins = y.minus(own).plus(1).relu();
      return margins.times(t.negated().plus(1)).mean(-1);
    });
  }

  // Distributions and directions.

  /** {@code Σ t·(log(t) - y)} for logarithms of probabilities y and probabilities t. */
  public static Loss klDivergence() {
    return new OfRows((y, t) -> {
      Tensor isThere = t.greaterThan(0);
      Tensor log = t.where(isThere, 1).log();
      return t.times(log.minus(y)).where(isThere, 0).sum(-1);
    });
  }

  /** {@code 1 - cos(y, t)}. */
  public static Loss cosine() {
    return new OfRows((y, t) -> cosine(y, t).negated().plus(1));
  }

  /** The cosine of the angle between rows; of rows of zeros it is 0. */
  static Tensor cosine(Tensor a, Tensor b) {
    Tensor lengths = a.square().sum(-1).times(b.square().sum(-1));
    return a.times(b).sum(-1).over(lengths.maximum(1e-16).sqrt());
  }

  // Pairs and triples of embeddings.

  /**
   * Of each pair: {@code d²} where {@code same} is 1 and {@code max(0, margin - d)²} where it is 0,
   * by their distance d (Hadsell, Chopra and LeCun, 2006).
   */
  public static Tensor contrastive(Tensor a, Tensor b, Tensor same, double margin) {
    requirePositive("contrastive: the margin", margin);
    Tensor d2 = a.minus(b).square().sum(-1);
    Tensor apart = d2.plus(1e-12).sqrt().negated().plus(margin).relu().square();
    return same.times(d2).plus(same.negated().plus(1).times(apart));
  }

  /**
   * Of each triple: {@code max(0, d(anchor, positive) - d(anchor, negative) + margin)} by distances
   * (Schroff, Kalenichenko and Philbin, 2015).
   */
  public static Tensor triplet(Tensor anchor, Tensor positive, Tensor negative, double margin) {
    requirePositive("triplet: the margin", margin);
    return distance(anchor, positive).minus(distance(anchor, negative)).plus(margin).relu();
  }

  /** Its gradient at distance 0 is 0. */
  private static Tensor distance(Tensor a, Tensor b) {
    return a.minus(b).square().sum(-1).plus(1e-12).sqrt();
  }

  private static void requirePositive(String what, double number) {
    if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s is positive, not %s".formatted(what, number));
    }
  }

  /** Element by element, and the mean over all axes but the first. */
  private record OfNumbers(BinaryOperator<Tensor> element, DoublePredicate fits, String wanted)
      implements Loss {

    OfNumbers(BinaryOperator<Tensor> element) {
      this(element, Double::isFinite, "a finite number");
    }

    @Override
    public Tensor each(Tensor y, Tensor t) {
      requireSameShape(y, t);
      Tensor elements = element.apply(y, t.cast(y.dtype()));
      return y.rank() < 2 ? elements : elements.mean(allButFirst(y));
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      requireEach(target, counts, fits, wanted);
    }
  }

  /** A number for each row, of an output and a target of the same shape. */
  private record OfRows(BinaryOperator<Tensor> row) implements Loss {

    @Override
    public Tensor each(Tensor y, Tensor t) {
      requireSameShape(y, t);
      return row.apply(y, t);
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      requireEach(target, counts, Double::isFinite, "a finite number");
    }
  }

  /** A number for each row, of an output and the row's class, which becomes a one among zeros. */
  private record OfClasses(BinaryOperator<Tensor> row) implements Loss {

    @Override
    public Tensor each(Tensor y, Tensor t) {
      return row.apply(y, Classes.distributions("loss", y, t));
    }

    @Override
    public void check(Array target, Shape output, IntPredicate counts) {
      Classes.check(target, output, counts);
    }
  }

  static void requireSameShape(Tensor y, Tensor t) {
    if (!y.shape().equals(t.shape())) {
      throw new IllegalArgumentException(
          "loss: the output %s and the target %s differ in shape".formatted(y.brief(), t.brief()));
    }
  }

  static void requireEach(Array target, IntPredicate counts, DoublePredicate fits, String wanted) {
    int rows = target.shape().rank() == 0 ? 1 : target.shape().numbers()[0];
    int width = rows == 0 ? 1 : target.length() / rows;
    for (int i = 0; i < target.length(); i++) {
      if (counts.test(i) && !fits.test(target.at(i))) {
        String number = target.dtype() == DType.I32 ? "" + (int) target.at(i) : "" + target.at(i);
        throw new IllegalArgumentException(
            "row %d: a target is %s, not %s".formatted(i / Math.max(1, width), wanted, number));
      }
    }
  }

  private static int[] allButFirst(Tensor y) {
    var axes = new int[y.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 1;
    }
    return axes;
  }
}
