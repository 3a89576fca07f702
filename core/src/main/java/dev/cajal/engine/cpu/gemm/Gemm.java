package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;
import dev.cajal.engine.cpu.gemm.Product.Reading;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrix product {@code C [m, n] = A [m, k] · B [k, n]} of f32 numbers.
 *
 * <p>Element (i, j) of a matrix lies in a Java array at {@code offset + i·row + j·column}; any
 * strides will do, and where one of them is 1 it is fast. C's columns are contiguous. Nothing is
 * allocated from the second call on a thread on.
 *
 * <p>Each element of C is the sum of the same products in the same order however C is divided into
 * the parts of a {@link #split}. Its error is at most {@code (k + 1)·2⁻²⁴·Σ|a||b|}, or so.
 */
public final class Gemm {
  /** Products with so few multiplications are done at once. */
  private static final int TINY = 128;

  /** For up to so many rows, it is C that is transposed where otherwise B had to be. */
  private static final int MIRRORED_ROWS = 64;

  /** How many numbers of a transposed C there are at a time. */
  private static final int MIRROR = 1 << 15;

  private static final ConcurrentHashMap<Lanes, Gemm> ALL = new ConcurrentHashMap<>();

  private final Kernels kernels;
  private final Packing packing;
  private final Dots dots;
  private final Tiling tiling;
  private final int lanes;
  private final boolean isPlain;
  private final ThreadLocal<Product> products;
  private final ThreadLocal<Plain> plain;

  private Gemm(Lanes lanes) {
    this.kernels = new Kernels(lanes);
    this.tiling = new Tiling(lanes);
    this.packing = new Packing(lanes);
    this.dots = new Dots(kernels, lanes.sums());
    this.lanes = lanes.sums();
    this.isPlain = !lanes.isVector();
    this.plain = ThreadLocal.withInitial(() -> new Plain(Blocking.of(lanes), lanes.sums()));
    this.products =
        ThreadLocal.withInitial(() -> new Product(tiling, kernels, packing, Blocking.of(lanes)));
  }

  /** The product for vectors of so many lanes; the same object for the same lanes. */
  public static Gemm of(Lanes lanes) {
    return ALL.computeIfAbsent(lanes, Gemm::new);
  }

  /** How to divide a product among workers. */
  public Split split(int m, int n, int k, int workers) {
    return Split.of(m, n, workers, panel());
  }

  /** How many floats of scratch a product needs that is no larger than this in any direction. */
  public int scratch(int m, int n, int k) {
    int longer = Math.max(m, n);
    int mirror = (int) Math.min((long) m * n, MIRROR);
    return products.get().scratch(longer, longer, k) + mirror + dots.scratch();
  }

  /**
   * Multiplies.
   *
   * @param accumulate whether the product is added to C
   * @param scratch at least {@link #scratch} floats of any content; the epilogue must not touch
   *     them
   */
  public void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate,
      float[] scratch,
      Epilogue epilogue) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k < lanes && (long) m * n * k <= TINY) {
      if (n == 1 && cRow == 1) {
        // As a row, its elements are computed side by side.
        Tiny.multiply(
            1, m, k, b, bOffset, 0, bRow, a, aOffset, aColumn, aRow, c, cOffset, 0, accumulate);
      } else {
        Tiny.multiply(
            m,
            n,
            k,
            a,
            aOffset,
            aRow,
            aColumn,
            b,
            bOffset,
            bRow,
            bColumn,
            c,
            cOffset,
            cRow,
            accumulate);
      }
      epilogue.apply(0, m, 0, n);
      return;
    }
    Product product = products.get();
    product.size(m, n, k);
    product.a.set(a, aOffset, aRow, aColumn);
    product.b.set(b, bOffset, bColumn, bRow);
    product.c = c;
    product.cOffset = cOffset;
    product.cRow = cRow;
    product.accumulate = accumulate;
    product.scratch = scratch;
    product.epilogue = epilogue;
    run(product);
    product.forget();
  }

  private void run(Product product) {
    if (product.n == 1 && product.cRow == 1 && product.m > 1) {
      column(product);
    } else if (isPlain) {
      plain.get().run(product);
    } else if (Dots.suits(product)) {
      dots.run(product);
    } else if (isMirrored(product)) {
      mirrored(product);
    } else {
      product.run();
    }
  }

  /** A column whose elements are contiguous is as good as a row. */
  private void column(Product product) {
    int m = product.m;
    Epilogue epilogue = product.epilogue;
    product.epilogue = Epilogue.NONE;
    product.mirror();
    run(product);
    epilogue.apply(0, m, 0, 1);
  }

  private static boolean isMirrored(Product product) {
    return isMirrored(product.plannedM, product.plannedN, product.b.kStride, product.b.lineStride);
  }

  /**
   * Whether columns of B are contiguous, but C has so few rows that A and C are sooner transposed.
   */
  static boolean isMirrored(int m, int n, int bRow, int bColumn) {
    return bRow == 1 && bColumn != 1 && m <= MIRRORED_ROWS && n > m;
  }

  /** What decides which kernels a product uses, but for its strides. */
  Plan plan(int m, int n, int k) {
    return new Plan(
        m <= tiling.rightInPlace(),
        n <= tiling.rowsInPlace(),
        tiling.readsColumnsInPlace(n, k),
        tiling.vectors(Math.min(m, n)),
        m <= Dots.ROWS);
  }

  /** How a product of some size is done. */
  record Plan(
      boolean rightInPlace,
      boolean rowsInPlace,
      boolean columnsInPlace,
      int vectors,
      boolean few) {}

  /** How long or wide the tiles of a product are. */
  int tile(boolean isAcross, int m, int n) {
    return isAcross ? tiling.vectors(Math.min(m, n)) * lanes : tiling.rows();
  }

  /** Computes the transpose of C, range by range, and transposes it. */
  private void mirrored(Product product) {
    int m = product.m;
    int n = product.n;
    float[] c = product.c;
    int cRow = product.cRow;
    int cOffset = product.cOffset;
    int bOffset = product.b.offset;
    Epilogue epilogue = product.epilogue;
    int most = Math.max(lanes, MIRROR / m / lanes * lanes);
    product.epilogue = Epilogue.NONE;
    product.mirror();
    product.c = product.scratch;
    product.cRow = m;
    product.cOffset = product.scratch.length - Math.min(n, most) * m;
    for (int j = 0; j < n; j += most) {
      int columns = Math.min(most, n - j);
      product.m = columns;
      product.a.offset = bOffset + j * product.a.lineStride;
      if (product.accumulate) {
        packing.transpose(m, columns, c, cOffset + j, cRow, product.c, product.cOffset, m);
      }
      product.run();
      packing.transpose(columns, m, product.c, product.cOffset, m, c, cOffset + j, cRow);
      epilogue.apply(0, m, j, j + columns);
    }
  }

  /** A product as small as it can be with the kernels that one of these sizes uses. */
  public Rehearsal rehearsal(
      int m, int n, int k, int aRow, int aColumn, int bRow, int bColumn, boolean isPacked) {
    return new Rehearsal(this, m, n, k, aRow, aColumn, bRow, bColumn, isPacked);
  }

  /** Runs a product as if it were one of other sizes. */
  void rehearse(Rehearsal small) {
    if (small.m == 0 || small.n == 0) {
      return;
    }
    Product product = products.get();
    product.size(small.m, small.n, small.k);
    product.plannedM = small.plannedM;
    product.plannedN = small.plannedN;
    product.plannedK = small.plannedK;
    product.a.set(small.a, 0, small.aRow, small.aColumn);
    product.b.set(small.b, 0, small.bColumn, small.bRow);
    product.c = small.c;
    product.cOffset = 0;
    product.cRow = small.n;
    product.accumulate = false;
    product.scratch = small.scratch;
    product.epilogue = Epilogue.NONE;
    if (!small.isPacked) {
      run(product);
    } else if (isPlain) {
      plain.get().runPacked(product);
    } else {
      product.run(Reading.PACKED);
    }
    product.forget();
  }

  /** How many floats {@link #pack} makes of a matrix of this size. */
  public int packed(int n, int k) {
    return Math.addExact(Math.multiplyExact(Math.ceilDiv(n, lanes) * lanes, k), 2 * lanes);
  }

  /** How many columns of a packed matrix lie together: it can be cut at multiples of it. */
  public int panel() {
    return 2 * lanes;
  }

  /**
   * Packs B, as it pays where many A are multiplied with the same B. The columns from j on, a
   * multiple of {@link #panel}, begin at {@code toOffset + j·k}.
   */
  public void pack(
      int n, int k, float[] b, int bOffset, int bRow, int bColumn, float[] to, int toOffset) {
    Product product = products.get();
    product.size(0, n, k);
    product.b.set(b, bOffset, bColumn, bRow);
    product.pack(to, toOffset);
    product.forget();
  }

  /** As {@link #multiply}, with B packed before. */
  public void multiplyPacked(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate,
      float[] scratch,
      Epilogue epilogue) {
    if (m == 0 || n == 0) {
      return;
    }
    Product product = products.get();
    product.size(m, n, k);
    product.a.set(a, aOffset, aRow, aColumn);
    product.b.set(b, bOffset, k, 1);
    product.c = c;
    product.cOffset = cOffset;
    product.cRow = cRow;
    product.accumulate = accumulate;
    product.scratch = scratch;
    product.epilogue = epilogue;
    if (isPlain) {
      plain.get().runPacked(product);
    } else {
      product.run(Reading.PACKED);
    }
    product.forget();
  }
}
