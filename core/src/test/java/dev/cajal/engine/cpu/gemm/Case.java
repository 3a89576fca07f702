package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.testing.Choices;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A product of random matrices in some layout, and what it should be. */
final class Case {
  /** How the elements of a matrix follow each other. */
  enum Layout {
    ROWS,
    COLUMNS,
    SCATTERED,
    REPEATED
  }

  final int m;
  final int n;
  final int k;
  final float[] a;
  final int aOffset;
  final int aRow;
  final int aColumn;
  final float[] b;
  final int bOffset;
  final int bRow;
  final int bColumn;
  final float[] c;
  final int cOffset;
  final int cRow;
  final boolean accumulate;

  Case(Choices choices, int m, int n, int k) {
    this.m = m;
    this.n = n;
    this.k = k;
    Layout left = choices.oneOf(Layout.values());
    aOffset = choices.between(0, 20);
    aRow = stride(left, true, m, k, choices);
    aColumn = stride(left, false, m, k, choices);
    Layout right = choices.oneOf(Layout.values());
    bOffset = choices.between(0, 20);
    bRow = stride(right, true, k, n, choices);
    bColumn = stride(right, false, k, n, choices);
    cOffset = choices.between(0, 20);
    cRow = n + choices.between(0, 2);
    accumulate = choices.oneIn(2);
    var random = new SplittableRandom(choices.between(0, Integer.MAX_VALUE - 1));
    // The arrays end with the last element, so that reading on is an error.
    a = numbers(random, aOffset + Math.max(0, m - 1) * aRow + Math.max(0, k - 1) * aColumn + 1);
    b = numbers(random, bOffset + Math.max(0, k - 1) * bRow + Math.max(0, n - 1) * bColumn + 1);
    c = numbers(random, cOffset + Math.max(0, m - 1) * cRow + n);
  }

  private static int stride(Layout layout, boolean ofRows, int rows, int columns, Choices choices) {
    int padding = choices.oneIn(2) ? 0 : choices.between(0, 3);
    return switch (layout) {
      case ROWS -> ofRows ? columns + padding : 1;
      case COLUMNS -> ofRows ? 1 : rows + padding;
      case SCATTERED -> ofRows ? 2 * columns + 1 : 2;
      case REPEATED -> ofRows ? 0 : 1;
    };
  }

  private static float[] numbers(SplittableRandom random, int count) {
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  /** C after the product, or after its parts. */
  float[] run(Lanes lanes, Epilogue epilogue) {
    float[] result = c.clone();
    run(lanes, result, epilogue);
    return result;
  }

  void run(Lanes lanes, float[] result, Epilogue epilogue) {
    multiply(lanes, result, 0, m, 0, n, epilogue);
  }

  float[] runSplit(Lanes lanes, Split split) {
    float[] result = c.clone();
    for (int p = 0; p < split.parts(); p++) {
      multiply(
          lanes,
          result,
          split.rowFrom(p),
          split.rowTo(p),
          split.columnFrom(p),
          split.columnTo(p),
          Epilogue.NONE);
    }
    return result;
  }

  private void multiply(
      Lanes lanes,
      float[] to,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      Epilogue epilogue) {
    Gemm gemm = Gemm.of(lanes);
    gemm.multiply(
        rowTo - rowFrom,
        columnTo - columnFrom,
        k,
        a,
        aOffset + rowFrom * aRow,
        aRow,
        aColumn,
        b,
        bOffset + columnFrom * bColumn,
        bRow,
        bColumn,
        to,
        cOffset + rowFrom * cRow + columnFrom,
        cRow,
        accumulate,
        scratch(gemm),
        epilogue);
  }

  /** C after the product with B packed. */
  float[] runPacked(Lanes lanes) {
    Gemm gemm = Gemm.of(lanes);
    float[] result = c.clone();
    var packed = new float[3 + gemm.packed(n, k)];
    gemm.pack(n, k, b, bOffset, bRow, bColumn, packed, 3);
    gemm.multiplyPacked(
        m,
        n,
        k,
        a,
        aOffset,
        aRow,
        aColumn,
        packed,
        3,
        result,
        cOffset,
        cRow,
        accumulate,
        scratch(gemm),
        Epilogue.NONE);
    return result;
  }

  /** What comes from scratch shows. */
  private float[] scratch(Gemm gemm) {
    var scratch = new float[gemm.scratch(m, n, k)];
    Arrays.fill(scratch, Float.NaN);
    return scratch;
  }

  /** The element in double precision, from the definition. */
  double exact(int i, int j) {
    double sum = accumulate ? c[cOffset + i * cRow + j] : 0;
    for (int q = 0; q < k; q++) {
      sum += product(i, j, q);
    }
    return sum;
  }

  /** What rounding may change: k + 1 roundings of at most the sum of what is added. */
  double tolerance(int i, int j) {
    double sum = Math.abs(c[cOffset + i * cRow + j]);
    for (int q = 0; q < k; q++) {
      sum += Math.abs(product(i, j, q));
    }
    return (k + 1) * 0x1p-24 * 1.01 * sum;
  }

  private double product(int i, int j, int q) {
    return (double) a[aOffset + i * aRow + q * aColumn] * b[bOffset + q * bRow + j * bColumn];
  }

  @Override
  public String toString() {
    return "%d×%d×%d a(%d, %d) b(%d, %d) %s"
        .formatted(m, k, n, aRow, aColumn, bRow, bColumn, accumulate ? "added" : "");
  }
}
