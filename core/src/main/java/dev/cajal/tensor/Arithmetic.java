package dev.cajal.tensor;

/**
 * What two tensors are combined with, element by element; both are broadcast to one shape, as NumPy
 * does.
 */
public sealed interface Arithmetic permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  private Tensor map(Binary f, Tensor y) {
    return Broadcast.apply(f.label(), new Op.Map2(f), x(), y);
  }

  private Tensor like(double value) {
    Complaint.require(
        x().dtype().isFloat() || (x().dtype() == DType.I32 && (int) value == value),
        "number",
        () ->
            "%s is %s, which %s is not: cast it to f32 first"
                .formatted(x().brief(), x().dtype(), value));
    return Tensor.scalar(x().dtype(), value);
  }

  default Tensor plus(Tensor y) {
    return map(Binary.PLUS, y);
  }

  default Tensor plus(double y) {
    return plus(like(y));
  }

  default Tensor minus(Tensor y) {
    return map(Binary.MINUS, y);
  }

  default Tensor minus(double y) {
    return minus(like(y));
  }

  /** The product of elements; see {@link Products#matmul} for matrices. */
  default Tensor times(Tensor y) {
    return map(Binary.TIMES, y);
  }

  default Tensor times(double y) {
    return times(like(y));
  }

  /** The quotient, of floating-point numbers; see {@link #floorOver} for integers. */
  default Tensor over(Tensor y) {
    return map(Binary.OVER, y);
  }

  default Tensor over(double y) {
    return over(like(y));
  }

  /** {@code x^y}; the gradient to y is 0 where x is not positive. */
  default Tensor power(Tensor y) {
    return map(Binary.POWER, y);
  }

  default Tensor power(double y) {
    return power(like(y));
  }

  /** The larger of each pair; where they are equal, each gets half of the gradient. */
  default Tensor maximum(Tensor y) {
    return map(Binary.MAX, y);
  }

  default Tensor maximum(double y) {
    return maximum(like(y));
  }

  /** The smaller of each pair; where they are equal, each gets half of the gradient. */
  default Tensor minimum(Tensor y) {
    return map(Binary.MIN, y);
  }

  default Tensor minimum(double y) {
    return minimum(like(y));
  }

  /** {@code floor(x / y)}; for i32 it is computed in f64, which is exact. */
  default Tensor floorOver(Tensor y) {
    return x().dtype() == DType.I32
        ? x().cast(DType.F64).over(y.cast(DType.F64)).floor().cast(DType.I32)
        : over(y).floor();
  }

  default Tensor floorOver(double y) {
    return floorOver(like(y));
  }

  /** {@code x - y·floor(x / y)}: what is left over, with the sign of y. */
  default Tensor remainder(Tensor y) {
    return minus(y.times(floorOver(y)));
  }

  default Tensor remainder(double y) {
    return remainder(like(y));
  }

  private Tensor compare(String what, Comparison relation, Tensor left, Tensor right) {
    return Broadcast.apply(what, new Op.Compare(relation), left, right);
  }

  default Tensor lessThan(Tensor y) {
    return compare("lessThan", Comparison.LESS, x(), y);
  }

  default Tensor lessThan(double y) {
    return lessThan(like(y));
  }

  default Tensor atMost(Tensor y) {
    return compare("atMost", Comparison.LESS_OR_EQUAL, x(), y);
  }

  default Tensor atMost(double y) {
    return atMost(like(y));
  }

  default Tensor greaterThan(Tensor y) {
    return compare("greaterThan", Comparison.LESS, y, x());
  }

  default Tensor greaterThan(double y) {
    return greaterThan(like(y));
  }

  default Tensor atLeast(Tensor y) {
    return compare("atLeast", Comparison.LESS_OR_EQUAL, y, x());
  }

  default Tensor atLeast(double y) {
    return atLeast(like(y));
  }

  /** Whether the elements are equal; see {@link Object#equals} for whether the nodes are. */
  default Tensor equalTo(Tensor y) {
    return compare("equalTo", Comparison.EQUAL, x(), y);
  }

  default Tensor equalTo(double y) {
    return equalTo(like(y));
  }

  default Tensor and(Tensor y) {
    return map(Binary.AND, y);
  }

  default Tensor or(Tensor y) {
    return map(Binary.OR, y);
  }

  default Tensor not() {
    return Tensor.of(new Op.Map1(Unary.NOT), x());
  }

  /** The elements where the condition holds, {@code otherwise} elsewhere. */
  default Tensor where(Tensor condition, double otherwise) {
    return Tensor.where(condition, x(), like(otherwise));
  }

  /** The same values in another dtype. */
  default Tensor cast(DType dtype) {
    return dtype == x().dtype() ? x() : Tensor.of(new Op.Cast(dtype), x());
  }
}
