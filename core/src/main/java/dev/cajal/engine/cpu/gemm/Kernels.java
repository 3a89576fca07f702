package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.gemm.Kernel.Left;
import dev.cajal.engine.cpu.gemm.Kernel.Right;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The kernels for vectors of so many lanes, each written when it is first asked for. */
final class Kernels {
  private static final int MOST_ROWS = Tiling.MOST_ROWS;
  private static final int MOST_VECTORS = Tiling.MOST_VECTORS;

  private static final int FORMS = 6;

  private static final int MOST_DOT_ROWS = 2;
  private static final int MOST_DOT_COLUMNS = 8;

  private final Lanes lanes;
  private final AtomicReferenceArray<Kernel> written =
      new AtomicReferenceArray<>((MOST_ROWS + 1) * (MOST_VECTORS + 1) * FORMS);
  private final AtomicReferenceArray<Dot> writtenDots =
      new AtomicReferenceArray<>((MOST_DOT_ROWS + 1) * (MOST_DOT_COLUMNS + 1));

  Kernels(Lanes lanes) {
    this.lanes = lanes;
  }

  /** The kernel for a tile of rows and of vectors of columns. */
  Kernel of(Left left, Right right, int rows, int vectors) {
    int place = (rows * (MOST_VECTORS + 1) + vectors) * FORMS + form(left, right);
    Kernel kernel = written.getAcquire(place);
    return kernel != null ? kernel : write(place, left, right, rows, vectors);
  }

  private static int form(Left left, Right right) {
    int first =
        switch (left) {
          case ROWS -> 0;
          case COLUMNS -> 1;
          case PANEL -> 2;
        };
    return right == Right.PANEL ? first + 3 : first;
  }

  /** The kernel for dot products of one or two rows with up to eight columns. */
  Dot dot(int rows, int columns) {
    int place = rows * (MOST_DOT_COLUMNS + 1) + columns;
    Dot dot = writtenDots.getAcquire(place);
    return dot != null ? dot : writeDot(place, rows, columns);
  }

  private synchronized Dot writeDot(int place, int rows, int columns) {
    Dot dot = writtenDots.get(place);
    if (dot == null) {
      dot = DotWriter.write(lanes, rows, columns);
      writtenDots.setRelease(place, dot);
    }
    return dot;
  }

  private synchronized Kernel write(int place, Left left, Right right, int rows, int vectors) {
    Kernel kernel = written.get(place);
    if (kernel == null) {
      kernel = KernelWriter.write(lanes, left, right, rows, vectors);
      written.setRelease(place, kernel);
    }
    return kernel;
  }
}
