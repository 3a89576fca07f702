package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Nest;

/** Runs the generated code of a loop, split by rows, or by columns where there are few rows. */
final class LoopKernel implements RowKernel, Workers.Task {
  /** A part is worth handing to another worker from about this many operations on. */
  private static final long WORTH_A_PART = 16_000;

  /** Columns are split at multiples of this: no two workers write to one cache line. */
  private static final int COLUMN_GRAIN = 64;

  private final LoopCodes codes;
  private final Frame frame;
  private final Frame.Addresses addresses;
  private final Workers workers;
  private final int rows;
  private final int columns;
  private final int rowParts;
  private final int columnParts;
  private final int bandRows;

  LoopKernel(Loop loop, Frame frame, Engine engine) {
    this(loop, 1, frame, engine);
  }

  /**
   * The kernel of a loop.
   *
   * @param bandRows how many rows the band has of which it is a part
   */
  LoopKernel(Loop loop, int bandRows, Frame frame, Engine engine) {
    this.bandRows = bandRows;
    this.codes = engine.code(loop.nest());
    this.frame = frame;
    this.addresses = frame.new Addresses(loop);
    this.workers = engine.workers();
    this.rows = loop.rows();
    Nest nest = loop.nest();
    this.columns = nest.inner().getLast();
    frame.scratch().reserve(LoopWriter.scratch(nest));
    int parts = (int) Math.min(workers.count(), operations(loop) / WORTH_A_PART);
    if (parts <= 1) {
      rowParts = 1;
      columnParts = 1;
    } else if (rows >= 4 * parts || !LoopWriter.splitsColumns(nest)) {
      rowParts = Math.min(parts, rows);
      columnParts = 1;
    } else {
      rowParts = 1;
      columnParts = Math.clamp(columns / COLUMN_GRAIN, 1, parts);
    }
  }

  /** About how many operations on numbers a loop is. */
  static long operations(Loop loop) {
    long elements = loop.rows();
    for (int size : loop.nest().middle()) {
      elements *= size;
    }
    for (int size : loop.nest().inner()) {
      elements *= size;
    }
    return elements * loop.nest().code().size();
  }

  @Override
  public void run() {
    addresses.find();
    if (codes.isCold() && rows > 0) {
      codes.warmUp(addresses.at, addresses.offsets);
    }
    if (rowParts * columnParts == 1) {
      codes.now().run(addresses.at, addresses.offsets, frame.scratch(0), 0, rows, 0, columns);
    } else {
      workers.run(this, rowParts * columnParts);
    }
  }

  @Override
  public void runRows(int from, int to) {
    addresses.find();
    if (from == 0 && codes.isCold()) {
      codes.warmUp(addresses.at, addresses.offsets);
    }
    codes
        .now()
        .run(addresses.at, addresses.offsets, frame.scratch(0), rows(from), rows(to), 0, columns);
  }

  /** How many rows of the loop so many rows of the band are. */
  private int rows(int ofBand) {
    return (int) ((long) rows * ofBand / bandRows);
  }

  @Override
  public void run(int part, int worker) {
    int row = part / columnParts;
    int column = part % columnParts;
    codes
        .now()
        .run(
            addresses.at,
            addresses.offsets,
            frame.scratch(worker),
            (int) ((long) rows * row / rowParts),
            (int) ((long) rows * (row + 1) / rowParts),
            boundary(column),
            boundary(column + 1));
  }

  private int boundary(int part) {
    return part == columnParts
        ? columns
        : (int) ((long) columns * part / columnParts) / COLUMN_GRAIN * COLUMN_GRAIN;
  }
}
