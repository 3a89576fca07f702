package dev.cajal.nn;

import dev.cajal.tensor.Tensor;
import java.util.List;

/**
 * The usual losses; y is the output, t the target. Each gives a number for each row of the last
 * axis, that is for each sample or each place of one: those of numbers the mean over the row. Of
 * outputs {@code [samples]} each number is a sample's.
 */
public final class Losses {
  private Losses() {}

  // Numbers.

  /** {@code mean((y - t)²)}. */
  public static Loss meanSquaredError() {
    return new LossOf.Numbers("mean squared error", (y, t) -> y.minus(t).square());
  }

  /** {@code mean(|y - t|)}. */
  public static Loss meanAbsoluteError() {
    return new LossOf.Numbers("mean absolute error", (y, t) -> y.minus(t).abs());
  }

  /** {@code ½(y - t)²} up to a distance of δ, and {@code δ(|y - t| - ½δ)} beyond (Huber, 1964). */
  public static Loss huber(double delta) {
    Require.positive("huber: delta", delta);
    return new LossOf.Numbers(
        "huber(%s)".formatted(delta),
        (y, t) -> {
          Tensor d = y.minus(t).abs();
          Tensor near = d.minimum(delta);
          return near.times(d.minus(near.times(0.5)));
        });
  }

  // Yes or no.

  /**
   * {@code -t·log(y) - (1 - t)·log(1 - y)} of probabilities y; the logarithm of 0 counts as -100,
   * with a slope of 10¹². Prefer {@link #binaryCrossEntropyFromLogits}, which loses no digits.
   */
  public static Loss binaryCrossEntropy() {
    return new LossOf.Numbers(
        "binary cross-entropy", Losses::ofProbabilities, t -> t >= 0 && t <= 1, "from 0 to 1");
  }

  private static Tensor ofProbabilities(Tensor y, Tensor t) {
    // Where a float has neither a logarithm nor its slope, there is a line.
    Tensor inside = y.greaterThan(Float.MIN_NORMAL).and(y.lessThan(1));
    Tensor p = y.where(inside, 0.5);
    Tensor yes = Tensor.where(inside, p.log(), steep(y));
    Tensor no = Tensor.where(inside, p.negated().log1p(), steep(y.negated().plus(1)));
    return t.times(yes).plus(t.negated().plus(1).times(no)).negated();
  }

  private static Tensor steep(Tensor p) {
    return p.times(1e12).minus(100).minimum(0);
  }

  /** The same of {@code sigmoid(y)}: {@code softplus(y) - t·y}. */
  public static Loss binaryCrossEntropyFromLogits() {
    return new LossOf.Numbers(
        "binary cross-entropy from logits",
        (y, t) -> y.softplus().minus(t.times(y)),
        t -> t >= 0 && t <= 1,
        "from 0 to 1");
  }

  /** {@code max(0, 1 - t·y)} for targets of -1 and 1 (Rosasco et al., 2004). */
  public static Loss hinge() {
    return new LossOf.Numbers(
        "hinge", (y, t) -> t.times(y).negated().plus(1).relu(), t -> t == 1 || t == -1, "-1 or 1");
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
    return new LossOf.Labels("negative log-likelihood", (y, t) -> own(y, t).sum(-1).negated());
  }

  /** {@code Σⱼ max(0, 1 - yₜ + yⱼ)/classes} over all other classes j (Crammer and Singer, 2001). */
  public static Loss multiClassHinge() {
    return new LossOf.Labels(
        "multi-class hinge",
        (y, t) -> {
          Tensor margins = y.minus(own(y, t).sumKeeping(-1)).plus(1).relu();
          return margins.times(t.negated().plus(1)).where(t.lessThan(1), 0).mean(-1);
        });
  }

  /** y where t says so. Not a product alone: y may be -∞ for what is excluded. */
  private static Tensor own(Tensor y, Tensor t) {
    return y.times(t).where(t.greaterThan(0), 0);
  }

  // Distributions and directions.

  /** {@code Σ t·(log(t) - y)} for logarithms of probabilities y and probabilities t. */
  public static Loss klDivergence() {
    return new LossOf.Rows(
        "KL divergence",
        (y, t) -> {
          Tensor isThere = t.greaterThan(0);
          Tensor log = t.where(isThere, 1).log();
          return t.times(log.minus(y)).where(isThere, 0).sum(-1);
        });
  }

  /** {@code 1 - cos(y, t)}. */
  public static Loss cosine() {
    return new LossOf.Rows("cosine", (y, t) -> cosine(y, t).negated().plus(1));
  }

  /** The cosine of the angle between rows; of rows of zeros it is 0. */
  static Tensor cosine(Tensor a, Tensor b) {
    return direction(a).times(direction(b)).sum(-1);
  }

  /** Each by its own length, whose product may be too large or too small for a float. */
  private static Tensor direction(Tensor row) {
    return row.over(row.square().sumKeeping(-1).maximum(1e-16).sqrt());
  }

  // Pairs and triples of embeddings.

  /**
   * Of each pair: {@code d²} where {@code same} is 1 and {@code max(0, margin - d)²} where it is 0,
   * by their distance d (Hadsell, Chopra and LeCun, 2006, who halve both).
   */
  public static Tensor contrastive(Tensor a, Tensor b, Tensor same, double margin) {
    Require.positive("contrastive: the margin", margin);
    Tensor d2 = a.minus(b).square().sum(-1);
    Tensor apart = d2.plus(1e-12).sqrt().negated().plus(margin).relu().square();
    return same.times(d2).plus(same.negated().plus(1).times(apart));
  }

  /**
   * Of each triple: {@code max(0, d(anchor, positive) - d(anchor, negative) + margin)} by distances
   * (Schroff, Kalenichenko and Philbin, 2015).
   */
  public static Tensor triplet(Tensor anchor, Tensor positive, Tensor negative, double margin) {
    Require.positive("triplet: the margin", margin);
    return distance(anchor, positive).minus(distance(anchor, negative)).plus(margin).relu();
  }

  /** Its gradient at distance 0 is 0. */
  private static Tensor distance(Tensor a, Tensor b) {
    return a.minus(b).square().sum(-1).plus(1e-12).sqrt();
  }
}
