package dev.cajal.tensor;

import static dev.cajal.tensor.Complaint.require;

/** Products of vectors, matrices and stacks of them. */
public sealed interface Products permits Tensor {

  private Tensor x() {
    return (Tensor) this;
  }

  /**
   * The matrix product {@code [batch…, m, k] · [batch…, k, n]}, as NumPy's: a vector stands for a
   * row on the left and for a column on the right, and batch axes broadcast.
   */
  default Tensor matmul(Tensor y) {
    Tensor x = x();
    require(
        x.rank() > 0 && y.rank() > 0,
        "matmul",
        () ->
            "a scalar has no rows: %s · %s; times() multiplies by numbers"
                .formatted(x.brief(), y.brief()));
    Size inner = y.size(y.rank() == 1 ? 0 : -2);
    require(
        x.size(-1).equals(inner),
        "matmul",
        () ->
            "inner sizes differ: %s · %s: %s ≠ %s"
                .formatted(x.brief(), y.brief(), x.size(-1), inner));
    if (x.rank() == 1) {
      return x.insertAxis(0).matmul(y).removeAxis(y.rank() == 1 ? 0 : -2);
    }
    if (y.rank() == 1) {
      return x.matmul(y.insertAxis(1)).removeAxis(-1);
    }
    if (y.rank() == 2 && x.rank() > 2) {
      return x.flatten(0, -2).matmul(y).reshape(x.shape().with(-1, y.size(1)));
    }
    Shape batch =
        Shape.broadcast(x.shape().part(0, x.rank() - 2), y.shape().part(0, y.rank() - 2))
            .orElseThrow(() ->
                Complaint.of(
                    "matmul",
                    "batch axes do not broadcast: %s · %s".formatted(x.brief(), y.brief())));
    return Tensor.of(
        new Op.MatMul(),
        x.expand(batch.then(x.shape().part(x.rank() - 2, x.rank()))),
        y.expand(batch.then(y.shape().part(y.rank() - 2, y.rank()))));
  }

  /** The sum of the products of elements of two vectors. */
  default Tensor dot(Tensor y) {
    require(
        x().rank() == 1 && y.shape().equals(x().shape()),
        "dot",
        () -> "it takes vectors of one size: %s, %s".formatted(x().brief(), y.brief()));
    return x().times(y).sum();
  }

  /** {@code [m], [n] → [m, n]}: all products of elements of two vectors. */
  default Tensor outer(Tensor y) {
    require(
        x().rank() == 1 && y.rank() == 1,
        "outer",
        () -> "it takes vectors: %s, %s".formatted(x().brief(), y.brief()));
    return x().insertAxis(1).times(y.insertAxis(0));
  }

  /**
   * Scaled dot-product attention (Vaswani et al., 2017): {@code softmax(x·keysᵀ / √d)·values},
   * where x is the queries {@code [batch…, to, d]}, keys {@code [batch…, from, d]}, values {@code
   * [batch…, from, dv]}.
   */
  default Tensor attention(Tensor keys, Tensor values) {
    return averaged(scores(keys, values), values);
  }

  /**
   * Attention where the mask, a bool that broadcasts to {@code [batch…, to, from]}, is true; a
   * query that may attend to nothing gets zeros.
   */
  default Tensor attention(Tensor keys, Tensor values, Tensor mask) {
    return averaged(scores(keys, values).where(mask, Double.NEGATIVE_INFINITY), values);
  }

  /**
   * The average of values by the softmax of scores. The division comes last: there are more weights
   * than results, and of them nothing but themselves need be kept for the gradient.
   */
  private static Tensor averaged(Tensor scores, Tensor values) {
    Tensor weights = scores.minus(Reductions.shift(scores, -1)).exp();
    Tensor sum = weights.sumKeeping(-1);
    // Where there is nothing to attend to, all weights are 0, and the average is, too.
    return weights.matmul(values).over(sum.where(sum.greaterThan(0), 1));
  }

  private Tensor scores(Tensor keys, Tensor values) {
    require(
        x().rank() >= 2 && keys.rank() >= 2 && values.rank() >= 2,
        "attention",
        () ->
            "queries %s, keys %s and values %s must be matrices, or stacks of them"
                .formatted(x().brief(), keys.brief(), values.brief()));
    require(
        x().size(-1).equals(keys.size(-1)) && keys.size(-2).equals(values.size(-2)),
        "attention",
        () ->
            "queries %s and keys %s must be equally wide, keys and values %s equally many"
                .formatted(x().brief(), keys.brief(), values.brief()));
    Tensor width = Tensor.sizeOf(x().size(-1), x().dtype());
    Tensor scale = Tensor.scalar(x().dtype(), 1).over(width.sqrt());
    return x().matmul(keys.transpose()).times(scale);
  }

  /**
   * The mask of causal attention: {@code [to, from]}, true where the key comes no later than the
   * query.
   */
  static Tensor causalMask(Object to, Object from) {
    Shape shape = Shape.of(to, from);
    return Tensor.iota(shape, 1).atMost(Tensor.iota(shape, 0));
  }
}
