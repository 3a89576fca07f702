package dev.cajal.tensor;

/** Functions of one number, applied to every element. */
public sealed interface Functions permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  private Tensor map(Unary f) {
    return Tensor.of(new Op.Map1(f), x());
  }

  default Tensor negated() {
    return map(Unary.NEGATE);
  }

  /** The distance from 0; its derivative at 0 is taken as 0. */
  default Tensor abs() {
    return map(Unary.ABS);
  }

  /** -1, 0 or 1. */
  default Tensor sign() {
    return map(Unary.SIGN);
  }

  default Tensor floor() {
    return map(Unary.FLOOR);
  }

  default Tensor ceil() {
    return map(Unary.CEIL);
  }

  /** The nearest integer, halves to the even one. */
  default Tensor round() {
    return map(Unary.ROUND);
  }

  default Tensor exp() {
    return map(Unary.EXP);
  }

  /** {@code exp(x) - 1}, accurate near 0. */
  default Tensor expm1() {
    return map(Unary.EXPM1);
  }

  /** The natural logarithm. */
  default Tensor log() {
    return map(Unary.LOG);
  }

  /** {@code log(1 + x)}, accurate near 0. */
  default Tensor log1p() {
    return map(Unary.LOG1P);
  }

  default Tensor sqrt() {
    return map(Unary.SQRT);
  }

  default Tensor sin() {
    return map(Unary.SIN);
  }

  default Tensor cos() {
    return map(Unary.COS);
  }

  /** The error function, {@code 2/√π · ∫₀ˣ exp(-t²) dt}. */
  default Tensor erf() {
    return map(Unary.ERF);
  }

  default Tensor square() {
    return x().times(x());
  }

  default Tensor reciprocal() {
    return Tensor.scalar(x().dtype(), 1).over(x());
  }

  /**
   * Kept within {@code [low, high]}; the derivative is 1 strictly inside, 0 outside, ½ on the
   * bounds.
   */
  default Tensor clip(double low, double high) {
    Complaint.require(
        low <= high,
        "clip",
        () ->
            "the bounds %s and %s of %s are the wrong way round".formatted(low, high, x().brief()));
    return x().maximum(low).minimum(high);
  }
}
