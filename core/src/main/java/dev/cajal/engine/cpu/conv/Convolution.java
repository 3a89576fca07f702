package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.tensor.Window;

/**
 * A convolution along one or two axes, or one of its adjoints, for arrays of f32 with fixed sizes:
 * images {@code x [batch, n…, inputs]}, a kernel {@code [window…, inputs / groups, outputs]}, and
 * {@code y [batch, windows…, outputs]}. Each element of the result is the sum of the same products
 * in the same order whatever the number of parts.
 */
public interface Convolution {

  /** From x and a kernel to y. */
  static Convolution forward(
      Lanes lanes, Window window, int groups, int[] x, int[] kernel, int[] y) {
    return new Forward(WindowKernels.of(lanes), Geometry.of(window, groups, x, kernel, y));
  }

  /** From y and a kernel to x: the gradient in the images. */
  static Convolution transposed(
      Lanes lanes, Window window, int groups, int[] x, int[] kernel, int[] y) {
    return new Transposed(WindowKernels.of(lanes), Geometry.of(window, groups, x, kernel, y));
  }

  /** From x and y to a kernel: the gradient in the kernel. */
  static Convolution kernel(
      Lanes lanes, Window window, int groups, int[] x, int[] kernel, int[] y) {
    return new KernelGradient(WindowKernels.of(lanes), Geometry.of(window, groups, x, kernel, y));
  }

  /** Into how many parts it is best divided among workers: at most as many. */
  int parts(int workers);

  /** How many floats of scratch a part needs. */
  int scratch();

  /** What a worker needs for its parts, one at a time. */
  Sheet sheet();

  /**
   * Computes one of some parts.
   *
   * @param parts as many as {@link #parts} gave
   * @param sheet with at least {@link #scratch} floats; the epilogue must not touch them
   * @param epilogue is called with regions of the result as a matrix, whose columns are the last
   *     axis
   */
  void run(
      float[] left,
      int leftOffset,
      float[] right,
      int rightOffset,
      float[] result,
      int resultOffset,
      int part,
      int parts,
      Sheet sheet,
      Epilogue epilogue);
}
