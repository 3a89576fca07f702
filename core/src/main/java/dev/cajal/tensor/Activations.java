package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

/**
 * The functions that neurons answer with. Where one has a corner, its documentation says what its
 * derivative there is.
 */
public sealed interface Activations permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  /** {@code 1 / (1 + exp(-x))}. */
  default Tensor sigmoid() {
    return Tensor.of(new Op.Map1(Unary.SIGMOID), x());
  }

  default Tensor tanh() {
    return Tensor.of(new Op.Map1(Unary.TANH), x());
  }

  /** {@code log(1 + exp(x))}, a smooth relu. */
  default Tensor softplus() {
    return Tensor.of(new Op.Map1(Unary.SOFTPLUS), x());
  }

  /** {@code max(x, 0)}; its derivative at 0 is 0. */
  default Tensor relu() {
    return Tensor.of(new Op.Map1(Unary.RELU), x());
  }

  /** {@code x} where positive, else {@code slope·x}; its derivative at 0 is the slope. */
  default Tensor leakyRelu(double slope) {
    return Tensor.where(x().greaterThan(0), x(), x().times(slope));
  }

  /** {@code x} where positive, else {@code alpha·(exp(x) - 1)}; its derivative at 0 is alpha. */
  default Tensor elu(double alpha) {
    Tensor positive = x().greaterThan(0);
    Tensor below = x().where(positive.not(), 0);
    return Tensor.where(positive, x(), below.expm1().times(alpha));
  }

  /** {@code x·Φ(x)}, Φ the normal distribution (Hendrycks and Gimpel, 2016). */
  default Tensor gelu() {
    return x().times(x().over(Math.sqrt(2)).erf().plus(1)).times(0.5);
  }

  /**
   * {@code ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))}: what many networks have instead of {@link
   * #gelu}.
   */
  default Tensor geluTanh() {
    Tensor cubic = x().times(x()).times(x()).times(0.044715);
    return x().times(x().plus(cubic).times(Math.sqrt(2 / Math.PI)).tanh().plus(1)).times(0.5);
  }

  /** {@code x·sigmoid(x)}, also called swish. */
  default Tensor silu() {
    return x().times(x().sigmoid());
  }

  /** 1 where {@code x ≥ 0}, else 0: the threshold unit. Its derivative is 0 everywhere. */
  default Tensor step() {
    return x().atLeast(0).cast(x().dtype());
  }

  /** {@code x} kept within [-1, 1]; its derivative on the bounds is ½. */
  default Tensor hardTanh() {
    return x().clip(-1, 1);
  }

  /**
   * The largest of each {@code pieces} neighbours on the last axis; equal ones share the gradient
   * (Goodfellow, 2013).
   */
  default Tensor maxout(int pieces) {
    int last = x().axis("maxout", -1);
    Size units =
        x().size(-1)
            .over(Size.of(pieces))
            .orElseThrow(() ->
                Complaint.of(
                    "maxout",
                    "the last axis of %s does not divide into pieces of %d"
                        .formatted(x().brief(), pieces)));
    Shape grouped = x().shape().with(-1, units).insert(last + 1, Size.of(pieces));
    return x().reshape(grouped).max(-1);
  }

  /** {@code exp(xᵢ) / Σⱼ exp(xⱼ)} along an axis. */
  default Tensor softmax(int axis) {
    return normalised(x().minus(Reductions.shift(x(), x().axis("softmax", axis))), axis);
  }

  /**
   * The softmax of {@code x / temperature}: it tends to uniform when hot and to one-hot when cold.
   */
  default Tensor softmax(int axis, double temperature) {
    require(
        temperature > 0,
        "softmax",
        () -> "temperature %s of %s is not positive".formatted(temperature, x().brief()));
    Tensor shifted = x().minus(Reductions.shift(x(), x().axis("softmax", axis)));
    return normalised(shifted.over(temperature), axis);
  }

  private static Tensor normalised(Tensor logits, int axis) {
    Tensor weights = logits.exp();
    return weights.over(weights.sumKeeping(axis));
  }

  /** {@code log(softmax(x))} along an axis, without underflow. */
  default Tensor logSoftmax(int axis) {
    Tensor shifted = x().minus(Reductions.shift(x(), x().axis("logSoftmax", axis)));
    // Not x - logSumExp(x): between large numbers that would lose the digits of the difference.
    return shifted.minus(shifted.exp().sumKeeping(axis).log());
  }

  /**
   * In training, elements are zeroed with a probability of {@code rate} and the others scaled by
   * {@code 1 / (1 - rate)}; otherwise x itself. Drops of different streams are independent; within
   * a run, a node drops the same elements wherever it is used, and so in every step of a loop.
   */
  default Tensor dropout(double rate, long stream) {
    require(
        rate >= 0 && rate < 1,
        "dropout",
        () -> "rate %s of %s is not in [0, 1)".formatted(rate, x().brief()));
    require(x().dtype().isFloat(), "dropout", () -> x().brief() + " is " + x().dtype());
    Tensor kept = Tensor.uniform(stream, x().shape().sizes().toArray()).atLeast(rate);
    Tensor dropped = x().over(1 - rate).where(kept, 0);
    return Tensor.where(Tensor.training(), dropped, x());
  }
}
