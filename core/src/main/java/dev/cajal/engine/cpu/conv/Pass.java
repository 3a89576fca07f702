package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.conv.WindowKernels.Form;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The tables of a product: its rows, where their results go, and the steps of the sum, which are
 * runs of equal length.
 */
final class Pass {
  /** Where rows begin. */
  final int[] rows;

  /** Where their results begin. */
  final int[] results;

  /** Where runs begin from the beginning of a row. */
  final int[] starts;

  /** How many elements a run has. */
  final int length;

  /** The row of B that belongs to the first step. */
  final int bRow;

  /** From one element of a run to the next. */
  private final int step;

  private final WindowKernels kernels;

  /** The kernels that were used, so that looking one up allocates nothing. */
  private final AtomicReferenceArray<WindowKernel> used;

  /** For each row, how many before it begin one element apart from each other and from it. */
  private final int[] adjacent;

  /**
   * A pass.
   *
   * @param steps where the elements of a row lie from its beginning
   * @param mostLength how long runs may be at most
   */
  Pass(WindowKernels kernels, int[] rows, int[] results, int[] steps, int bRow, int mostLength) {
    this.kernels = kernels;
    this.rows = rows;
    this.results = results;
    this.bRow = bRow;
    this.step = steps.length > 1 && steps[1] > steps[0] ? steps[1] - steps[0] : 1;
    this.length = part(length(steps, step), mostLength);
    this.starts = new int[length == 0 ? 0 : steps.length / length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = steps[i * length];
    }
    this.adjacent = new int[rows.length];
    for (int i = 1; i < rows.length; i++) {
      adjacent[i] = rows[i] == rows[i - 1] + 1 ? adjacent[i - 1] + 1 : 0;
    }
    this.used = new AtomicReferenceArray<>(4 * (kernels.tiling().rows() + 1));
  }

  /** The length of the longest runs of which the steps consist, all of them equally long. */
  private static int length(int[] steps, int step) {
    int shortest = steps.length;
    int length = 0;
    for (int i = 0; i < steps.length; i++) {
      length = i > 0 && steps[i] == steps[i - 1] + step ? length + 1 : 1;
      boolean ends = i == steps.length - 1 || steps[i + 1] != steps[i] + step;
      shortest = ends ? divisor(shortest, length) : shortest;
    }
    return shortest;
  }

  /** The longest of equal parts that is not longer than so much; the whole if parts are tiny. */
  private static int part(int length, int most) {
    int parts = Math.max(1, Math.ceilDiv(length, most));
    while (length % parts != 0) {
      parts++;
    }
    return length / parts < most / 4 ? length : length / parts;
  }

  /** The greatest common one. */
  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** The kernel for the tile that begins at a row. */
  WindowKernel kernel(int row, int count, int vectors) {
    boolean isAdjacent = count > 1 && adjacent[row + count - 1] >= count - 1;
    int place = 4 * count + 2 * (vectors - 1) + (isAdjacent ? 1 : 0);
    WindowKernel kernel = used.getAcquire(place);
    if (kernel == null) {
      kernel = kernels.of(new Form(count, vectors, isAdjacent, step));
      used.setRelease(place, kernel);
    }
    return kernel;
  }
}
