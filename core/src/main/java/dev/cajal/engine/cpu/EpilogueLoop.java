package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Loop;
import dev.cajal.compile.schedule.Step;
import dev.cajal.engine.cpu.gemm.Epilogue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The loop that follows a product or a convolution, run on each region of the result. */
final class EpilogueLoop {
  private final Frame.@Nullable Addresses addresses;
  private final @Nullable LoopCodes codes;
  private final Region[] regions;

  private EpilogueLoop(
      Frame.@Nullable Addresses addresses, @Nullable LoopCodes codes, Region[] regions) {
    this.codes = codes;
    this.addresses = addresses;
    this.regions = regions;
  }

  /** The epilogue of a step, which may be nothing. */
  static EpilogueLoop of(Step.Called step, Frame frame, Engine engine) {
    Optional<Loop> loop = step.epilogue();
    if (loop.isEmpty()) {
      return new EpilogueLoop(null, null, new Region[0]);
    }
    LoopCodes codes = engine.code(loop.get().nest());
    frame.scratch().reserveForEpilogue(LoopWriter.scratch(loop.get().nest()));
    Frame.Addresses addresses = frame.new Addresses(loop.get());
    var regions = new Region[engine.workers().count()];
    for (int worker = 0; worker < regions.length; worker++) {
      regions[worker] = new Region(frame, codes, addresses, worker);
    }
    return new EpilogueLoop(addresses, codes, regions);
  }

  /**
   * Finds where its memories are; before each run.
   *
   * @param fromFirst whether the first row is there, on which its code can be rehearsed
   */
  void find(boolean fromFirst) {
    if (addresses != null) {
      addresses.find();
      if (fromFirst && codes != null && codes.isCold()) {
        codes.warmUp(addresses.at, addresses.offsets);
      }
    }
  }

  /** The epilogue for a worker's part of the result, which begins at a row and a column. */
  Epilogue from(int worker, int row, int column) {
    if (addresses == null) {
      return Epilogue.NONE;
    }
    Region region = regions[worker];
    region.row = row;
    region.column = column;
    return region;
  }

  private static final class Region implements Epilogue {
    private final Frame frame;
    private final LoopCodes codes;
    private final Frame.Addresses addresses;
    private final int worker;
    private int row;
    private int column;

    Region(Frame frame, LoopCodes codes, Frame.Addresses addresses, int worker) {
      this.frame = frame;
      this.codes = codes;
      this.addresses = addresses;
      this.worker = worker;
    }

    @Override
    public void apply(int rowFrom, int rowTo, int columnFrom, int columnTo) {
      codes
          .now()
          .run(
              addresses.at,
              addresses.offsets,
              frame.epilogueScratch(worker),
              row + rowFrom,
              row + rowTo,
              column + columnFrom,
              column + columnTo);
    }
  }
}
