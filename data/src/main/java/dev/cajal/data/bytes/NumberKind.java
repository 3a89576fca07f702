package dev.cajal.data.bytes;

import dev.cajal.tensor.DType;

/** The numbers that files have, and the dtype that each is read into. */
public enum NumberKind {
  TRUTH(1, DType.BOOL),
  INT8(1, DType.I32),
  UINT8(1, DType.I32),
  INT16(2, DType.I32),
  UINT16(2, DType.I32),
  INT32(4, DType.I32),
  UINT32(4, DType.I32),
  INT64(8, DType.I32),
  UINT64(8, DType.I32),
  FLOAT16(2, DType.F32),
  FLOAT32(4, DType.F32),
  FLOAT64(8, DType.F64);

  private final int bytes;
  private final DType dtype;

  NumberKind(int bytes, DType dtype) {
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** How many bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** What an array of them has. */
  public DType dtype() {
    return dtype;
  }
}
