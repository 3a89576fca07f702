package dev.cajal.engine.cpu.gemm;

/**
 * A matrix in a Java array, as one side of a product: element (line, k) is {@code data[offset +
 * line·lineStride + k·kStride]}. It is reused from call to call, so that calls allocate nothing.
 */
final class Matrix {
  private static final float[] NONE = {};

  private final Packing packing;
  float[] data = NONE;
  int offset;
  int lineStride;
  int kStride;

  Matrix(Packing packing) {
    this.packing = packing;
  }

  void set(float[] data, int offset, int lineStride, int kStride) {
    this.data = data;
    this.offset = offset;
    this.lineStride = lineStride;
    this.kStride = kStride;
  }

  void swap(Matrix other) {
    float[] data = this.data;
    int offset = this.offset;
    int lineStride = this.lineStride;
    int kStride = this.kStride;
    set(other.data, other.offset, other.lineStride, other.kStride);
    other.set(data, offset, lineStride, kStride);
  }

  void forget() {
    data = NONE;
  }

  int at(int line, int k) {
    return offset + line * lineStride + k * kStride;
  }

  /** Packs a part of some lines into a panel. */
  void pack(int line, int lines, int k, int depth, float[] to, int toOffset, int width) {
    packing.panel(lines, depth, data, at(line, k), lineStride, kStride, to, toOffset, width);
  }

  /** Copies a part, for each k into a row of its own. */
  void rows(int line, int lines, int k, int depth, float[][] to) {
    for (int q = 0; q < depth; q++) {
      int start = at(line, k + q);
      if (lineStride == 1) {
        System.arraycopy(data, start, to[q], 0, lines);
      } else {
        float[] row = to[q];
        for (int i = 0; i < lines; i++) {
          row[i] = data[start + i * lineStride];
        }
      }
    }
  }

  /**
   * Packs into panels of so many lines, one behind the other; the last may be a vector narrower.
   */
  void packAll(int line, int lines, int k, int depth, float[] to, int toOffset, int width) {
    packing.panels(
        lines, depth, data, at(line, k), lineStride, kStride, to, toOffset, width, depth);
  }
}
