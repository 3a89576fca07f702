package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.engine.cpu.gemm.Split;

/**
 * The gradient in the kernel: a product with a row for each element of a window, summed over the
 * windows of one image after the other. The tables of the {@link Forward} convolution have changed
 * places, and B is y.
 */
final class KernelGradient implements Convolution {
  /** How many windows are summed at once: as much of y as stays in cache. */
  private static final int DEPTH = 512;

  private final WindowKernels kernels;
  private final Geometry geometry;
  private final Padded image;
  private final Pass pass;

  KernelGradient(WindowKernels kernels, Geometry geometry) {
    this.kernels = kernels;
    this.geometry = geometry;
    this.image = Forward.image(geometry);
    var results = new int[geometry.taps()];
    for (int i = 0; i < results.length; i++) {
      results[i] = i * geometry.outputs();
    }
    this.pass =
        new Pass(
            kernels,
            Forward.taps(geometry, image),
            results,
            Forward.windows(geometry, image),
            0,
            DEPTH);
  }

  /** How it was divided last, which is how it is divided each time. */
  private volatile Division division = new Division(0, new Split(0, 0, 1, 1, 1));

  private record Division(int workers, Split split) {}

  private Split split(int workers) {
    Division last = division;
    if (last.workers != workers) {
      last =
          new Division(
              workers,
              Split.of(geometry.taps(), geometry.groupOutputs(), workers, kernels.lanes()));
      division = last;
    }
    return last.split;
  }

  @Override
  public int parts(int workers) {
    return split(workers).parts();
  }

  @Override
  public int scratch() {
    return image.size()
        + Sheet.tileSize(kernels)
        + kernels.packed(geometry.groupOutputs(), geometry.windows());
  }

  @Override
  public Sheet sheet() {
    return new Sheet(kernels, image.size(), geometry.windows());
  }

  @Override
  public void run(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      float[] kernel,
      int kernelOffset,
      int part,
      int parts,
      Sheet sheet,
      Epilogue epilogue) {
    float[] scratch = sheet.scratch;
    Split split = split(parts);
    if (part >= split.parts()) {
      return;
    }
    float[] pixels = image.isBare() ? x : scratch;
    sheet.begin(pixels, kernel);
    sheet.bOffset = image.size() + Sheet.tileSize(kernels);
    int columns = split.columnTo(part) - split.columnFrom(part);
    boolean isFirst = true;
    for (int index = 0; index < geometry.batch() || isFirst; index++) {
      int start = xOffset + index * geometry.pixels() * geometry.inputs();
      if (!image.isBare() && geometry.batch() > 0) {
        image.copy(x, start, scratch, 0);
      }
      for (int group = 0; group < geometry.groups(); group++) {
        sheet.aOffset = (image.isBare() ? start : 0) + group * geometry.groupInputs();
        int column = group * geometry.groupOutputs() + split.columnFrom(part);
        if (geometry.batch() > 0) {
          int from = yOffset + index * geometry.windows() * geometry.outputs() + column;
          int row = geometry.outputs();
          kernels.pack(columns, geometry.windows(), y, from, row, scratch, sheet.bOffset);
        }
        sheet.cOffset = kernelOffset + column;
        image(sheet, split, part, columns, !isFirst);
      }
      isFirst = false;
    }
    for (int group = 0; group < geometry.groups(); group++) {
      int column = group * geometry.groupOutputs();
      epilogue.apply(
          split.rowFrom(part),
          split.rowTo(part),
          column + split.columnFrom(part),
          column + split.columnTo(part));
    }
  }

  /** Sums over blocks of whole runs. */
  private void image(Sheet sheet, Split split, int part, int columns, boolean accumulate) {
    int runs = geometry.batch() == 0 ? 0 : pass.starts.length;
    int blocks = Math.clamp(Math.ceilDiv(geometry.windows(), DEPTH), 1, Math.max(1, runs));
    int depth = Math.max(1, Math.ceilDiv(runs, blocks));
    int run = 0;
    do {
      sheet.multiply(
          pass,
          split.rowFrom(part),
          split.rowTo(part),
          run,
          Math.min(runs, run + depth),
          columns,
          accumulate || run > 0);
      run += depth;
    } while (run < runs);
  }
}
