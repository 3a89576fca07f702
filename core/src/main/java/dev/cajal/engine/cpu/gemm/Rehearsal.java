package dev.cajal.engine.cpu.gemm;

/**
 * A small product of nothing that uses the kernels of a large one: the tiles inside, those at the
 * edges, and what moves numbers into panels.
 */
public final class Rehearsal {
  private final Gemm gemm;
  final int plannedM;
  final int plannedN;
  final int plannedK;
  final int m;
  final int n;
  final int k;
  final int aRow;
  final int aColumn;
  final int bRow;
  final int bColumn;
  final boolean isPacked;
  final float[] a;
  final float[] b;
  final float[] c;
  final float[] scratch;

  Rehearsal(
      Gemm gemm,
      int m,
      int n,
      int k,
      int aRow,
      int aColumn,
      int bRow,
      int bColumn,
      boolean isPacked) {
    this.gemm = gemm;
    this.plannedM = m;
    this.plannedN = n;
    this.plannedK = k;
    boolean isMirrored = Gemm.isMirrored(m, n, bRow, bColumn);
    this.m = few(m, gemm.tile(isMirrored, m, n));
    this.n = few(n, gemm.tile(!isMirrored, m, n));
    this.k = few(k, gemm.panel() / 2);
    this.aRow = stride(aRow, aColumn, this.k);
    this.aColumn = stride(aColumn, aRow, this.m);
    this.bRow = stride(bRow, bColumn, this.n);
    this.bColumn = stride(bColumn, bRow, this.k);
    this.isPacked = isPacked;
    this.a = new float[this.m * this.k * 4 + gemm.panel()];
    this.b = new float[Math.max(gemm.packed(this.n, this.k), this.n * this.k * 4) + gemm.panel()];
    this.c = new float[this.m * this.n + gemm.panel()];
    this.scratch = new float[gemm.scratch(this.m, this.n, this.k)];
  }

  /** What it stands for: products with the same key use the same kernels. */
  public Object key() {
    return new Key(
        gemm.plan(plannedM, plannedN, plannedK), m, n, k, aRow, aColumn, bRow, bColumn, isPacked);
  }

  private record Key(
      Gemm.Plan plan,
      int m,
      int n,
      int k,
      int aRow,
      int aColumn,
      int bRow,
      int bColumn,
      boolean isPacked) {}

  /** So many that there are whole tiles and what is left over. */
  private static int few(int length, int tile) {
    return length <= 3 * tile ? length : 2 * tile + length % tile;
  }

  /** A stride of a small matrix that is like one of a large matrix. */
  private static int stride(int stride, int other, int length) {
    return stride == 1 || stride == 0
        ? stride
        : other == 1 ? length : other > stride ? 2 : length * 2;
  }

  /** Runs it. */
  public void run() {
    gemm.rehearse(this);
  }
}
