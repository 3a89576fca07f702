package dev.cajal.tensor;

import java.util.Locale;

/** What the elements of a tensor are. */
public enum DType {
  /** 32-bit floating point: what networks are trained in. */
  F32,
  /** 64-bit floating point: for checks and references. */
  F64,
  /** 32-bit signed integers: indices, labels and counts; arithmetic wraps as Java's. */
  I32,
  /** Truth values: masks and conditions. */
  BOOL;

  /** Whether the elements are real numbers, so that a gradient can flow through them. */
  public boolean isFloat() {
    return this == F32 || this == F64;
  }

  /** The name as it is printed and saved: {@code f32}, {@code f64}, {@code i32}, {@code bool}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
