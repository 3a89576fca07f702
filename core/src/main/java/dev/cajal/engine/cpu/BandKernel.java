package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Band;
import dev.cajal.compile.schedule.Schedule;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the steps of a band, block of rows by block of rows. Each worker has kernels and memory of
 * its own for that, and does other blocks.
 */
final class BandKernel implements Kernel, Workers.Task {
  /** So many parts each worker has, that nobody waits long for the last. */
  private static final int PARTS = 4;

  private final Band band;
  private final Workers workers;
  private final Lane[] lanes;
  private final int rows;

  /** A block ends where a run of so many rows ends: a matrix that is cut, or the block itself. */
  private final int runRows;

  private final int blocksOfRun;
  private final int pieces;
  private final int parts;

  BandKernel(Band band, Schedule schedule, Frame frame, Engine engine) {
    this.band = band;
    this.workers = engine.workers();
    this.rows = band.batches() * band.rows();
    this.runRows = Math.max(band.rows(), band.blockRows());
    this.blocksOfRun = Math.ceilDiv(runRows, band.blockRows());
    int runs = Math.ceilDiv(rows, runRows);
    this.pieces = band.isInTurn() ? runs : runs * blocksOfRun;
    this.parts = workers.count() == 1 ? 1 : Math.min(pieces, PARTS * workers.count());
    this.lanes = new Lane[Math.min(workers.count(), parts)];
    frame.scratch().reserveForBand(band.size(), lanes.length);
    for (int worker = 0; worker < lanes.length; worker++) {
      lanes[worker] = new Lane(band, schedule, frame.of(worker, band), engine.alone());
    }
  }

  /** What a worker needs to do its blocks. */
  private static final class Lane {
    private final Band band;
    private final Frame frame;
    private final Sequence kernels;

    Lane(Band band, Schedule schedule, Frame frame, Engine engine) {
      this.band = band;
      this.frame = frame;
      this.kernels = Sequence.of(band, schedule, frame, engine);
    }

    void run(int from, int to) {
      long rows = (long) band.batches() * band.rows();
      frame.move(from, rows);
      kernels.runRows(from, to);
    }
  }

  @Override
  public Optional<Repeated> body() {
    return Optional.of(
        new Repeated(Sequence.sharing(Stream.of(lanes).map(lane -> lane.kernels).toList()), 1));
  }

  @Override
  public void measure(boolean on) {
    for (Lane lane : lanes) {
      lane.kernels.measure(on);
    }
  }

  @Override
  public void run() {
    workers.run(this, parts);
  }

  @Override
  public void run(int part, int worker) {
    int blocks = band.isInTurn() ? blocksOfRun : 1;
    int first = (int) ((long) pieces * part / parts) * blocks;
    int last = (int) ((long) pieces * (part + 1) / parts) * blocks;
    for (int block = first; block < last; block++) {
      int run = block / blocksOfRun;
      int from = run * runRows + block % blocksOfRun * band.blockRows();
      int end = Math.min(rows, (run + 1) * runRows);
      lanes[worker].run(from, Math.min(end, from + band.blockRows()));
    }
  }
}
