package dev.cajal.testing;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;

/** A graph of f64 made one of f32: gradients are checked in the one, networks use the other. */
public final class SinglePrecision implements Rewriting.Change {
  private SinglePrecision() {}

  public static RandomGraph of(RandomGraph graph) {
    return Rewriting.of(graph, new SinglePrecision());
  }

  @Override
  public DType dtype(DType dtype) {
    return dtype == DType.F64 ? DType.F32 : dtype;
  }

  @Override
  public Array array(Array value) {
    return value.as(dtype(value.dtype()), value.shape());
  }
}
