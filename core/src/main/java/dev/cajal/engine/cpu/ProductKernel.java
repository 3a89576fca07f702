package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Band;
import dev.cajal.compile.schedule.Node;
import dev.cajal.compile.schedule.Step;
import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.engine.cpu.gemm.Gemm;
import dev.cajal.engine.cpu.gemm.Rehearsal;
import dev.cajal.engine.cpu.gemm.Split;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The matrix product of f32 numbers, of a whole batch, and what is done with each region of the
 * result while it is in the cache. Whole products go to different workers; a single one is split.
 */
final class ProductKernel implements RowKernel, Workers.Task {
  /** A part is worth handing to another worker from this many multiplications on. */
  private static final long WORTH_A_PART = 40_000;

  /**
   * For fewer rows a product is quicker with B as it lies; for more, packing it each time is next
   * to nothing.
   */
  private static final int FEWEST_ROWS = 4;

  private static final int MOST_ROWS = 512;

  /** What stands for the products whose vector code is warm. */
  private static final Set<Object> WARM = ConcurrentHashMap.newKeySet();

  private final Frame frame;
  private final Gemm vectors;
  private final Workers workers;
  private final Matrices a;
  private final Matrices b;
  private final Spot result;
  private final int batch;
  private final int m;
  private final int n;
  private final int k;
  private final int batchParts;
  private final Split split;
  private final EpilogueLoop epilogue;

  /** What multiplies: plain code until that of vectors is warm. */
  private volatile Gemm gemm;

  private boolean isCold;

  /** B as panels, if it stays the same for many runs; otherwise empty. */
  private final float[] packed;

  /** How it follows the rows of a band, and of how many rows each matrix of the band is. */
  private final Band.Role role;

  private final int bandRows;

  /** How many rows it does at once, and how many products each element of the result adds up. */
  private final int usualRows;

  private final int usualDepth;

  ProductKernel(Step.Called step, Frame frame, Engine engine) {
    this(step, Band.Role.WHOLE, 0, 0, frame, engine);
  }

  /** The kernel of a product in a band. */
  ProductKernel(Step.Called step, Band.Role role, Band band, Frame frame, Engine engine) {
    this(step, role, band.rows(), Math.min(band.rows(), band.blockRows()), frame, engine);
  }

  private ProductKernel(
      Step.Called step, Band.Role role, int bandRows, int blockRows, Frame frame, Engine engine) {
    this.role = role;
    this.bandRows = bandRows;
    this.frame = frame;
    this.vectors = Gemm.of(engine.lanes());
    this.gemm = Gemm.of(engine.firstLanes());
    this.isCold = engine.start() == Vectors.Start.WHEN_WARM;
    this.workers = engine.workers();
    Node node = step.node();
    this.result = frame.spot(node);
    this.a = new Matrices(node.operands().getFirst(), frame);
    this.b = new Matrices(node.operands().getLast(), frame);
    List<Integer> left = node.operands().getFirst().view().sizes();
    this.m = left.get(left.size() - 2);
    this.k = left.getLast();
    this.n = node.layout().sizes().getLast();
    this.batch = a.offsets.length;
    long work = (long) m * n * Math.max(k, 1);
    int parts = (int) Math.min(workers.count(), batch * work / WORTH_A_PART);
    this.batchParts = batch >= parts ? Math.max(1, parts) : 1;
    this.split = vectors.split(m, n, k, batch >= parts ? 1 : Math.max(1, parts));
    frame.scratch().reserve(vectors.scratch(m, n, k) + 64);
    this.epilogue = EpilogueLoop.of(step, frame, engine);
    boolean pays =
        frame.isFixed(b.node)
            && batch == 1
            && m >= FEWEST_ROWS
            && m <= MOST_ROWS
            && n >= vectors.panel();
    this.packed = new float[pays ? vectors.packed(n, k) : 0];
    this.usualRows = role == Band.Role.BY_ROW ? blockRows : split.rowTo(0) - split.rowFrom(0);
    this.usualDepth = role == Band.Role.SUMMED ? blockRows : k;
  }

  @Override
  public void begin() {
    if (packed.length > 0) {
      float[] weights = (float[]) b.spot.array();
      gemm.pack(n, k, weights, b.spot.start() + b.offsets[0], b.row, b.column, packed, 0);
    }
  }

  @Override
  public void run() {
    begin(true);
    int parts = batchParts * split.parts();
    if (parts == 1) {
      run(0, 0);
    } else {
      workers.run(this, parts);
    }
  }

  /**
   * Does what comes before a run.
   *
   * @param fromFirst whether the first row is there
   */
  private void begin(boolean fromFirst) {
    epilogue.find(fromFirst);
    if (isCold) {
      isCold = false;
      warmUp();
    }
  }

  private void warmUp() {
    Rehearsal small = rehearsal(vectors);
    if (WARM.contains(small.key())) {
      gemm = vectors;
    } else {
      Warmup.add(new Candidate(new WeakReference<>(this), rehearsal(gemm), small));
    }
  }

  private Rehearsal rehearsal(Gemm its) {
    int columns = split.columnTo(0) - split.columnFrom(0);
    return its.rehearsal(
        usualRows, columns, usualDepth, a.row, a.column, b.row, b.column, packed.length > 0);
  }

  /**
   * A product that could be done by vectors; whoever comes later with its like begins with them.
   */
  private record Candidate(
      WeakReference<ProductKernel> kernel, Rehearsal plainly, Rehearsal byVectors)
      implements Warmup.Candidate, Warmup.Rehearsal {
    @Override
    public Warmup.Rehearsal rehearsal() {
      return this;
    }

    @Override
    public void changeOver() {
      WARM.add(byVectors.key());
      ProductKernel its = kernel.get();
      if (its != null) {
        its.gemm = its.vectors;
      }
    }

    @Override
    public void reset() {}

    @Override
    public void plain() {
      plainly.run();
    }

    @Override
    public void vectors() {
      byVectors.run();
    }
  }

  @Override
  public void run(int part, int worker) {
    if (batchParts > 1 || split.parts() == 1) {
      int from = (int) ((long) batch * part / batchParts);
      int to = (int) ((long) batch * (part + 1) / batchParts);
      for (int i = from; i < to; i++) {
        multiply(i, 0, m, 0, n, 0, k, worker);
      }
    } else {
      for (int i = 0; i < batch; i++) {
        multiply(
            i,
            split.rowFrom(part),
            split.rowTo(part),
            split.columnFrom(part),
            split.columnTo(part),
            0,
            k,
            worker);
      }
    }
  }

  @Override
  public void runRows(int from, int to) {
    begin(from == 0);
    int row = from;
    while (row < to) {
      int index = row / bandRows;
      int first = row - index * bandRows;
      int last = Math.min(bandRows, first + to - row);
      switch (role) {
        case BY_ROW -> multiply(index, first, last, 0, n, 0, k, 0);
        case SUMMED -> multiply(index, 0, m, 0, n, first, last, 0);
        case WHOLE -> multiply(index, 0, m, 0, n, 0, k, 0);
      }
      row += last - first;
    }
  }

  private void multiply(
      int index,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      int depthFrom,
      int depthTo,
      int worker) {
    Epilogue regions = epilogue.from(worker, index * m + rowFrom, columnFrom);
    float[] left = (float[]) a.spot.array();
    int leftStart = a.spot.start() + a.offsets[index] + rowFrom * a.row + depthFrom * a.column;
    float[] to = (float[]) result.array();
    int start = result.start() + (index * m + rowFrom) * n + columnFrom;
    int rows = rowTo - rowFrom;
    int columns = columnTo - columnFrom;
    if (packed.length > 0) {
      gemm.multiplyPacked(
          rows,
          columns,
          k,
          left,
          leftStart,
          a.row,
          a.column,
          packed,
          columnFrom * k,
          to,
          start,
          n,
          false,
          frame.scratch(worker),
          regions);
      return;
    }
    gemm.multiply(
        rows,
        columns,
        depthTo - depthFrom,
        left,
        leftStart,
        a.row,
        a.column,
        (float[]) b.spot.array(),
        b.spot.start() + b.offsets[index] + columnFrom * b.column + depthFrom * b.row,
        b.row,
        b.column,
        to,
        start,
        n,
        depthFrom > 0,
        frame.scratch(worker),
        regions);
  }
}
