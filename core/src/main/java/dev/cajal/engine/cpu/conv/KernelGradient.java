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
        new Pass(Forward.taps(geometry, image), results, Forward.windows(geometry, image), 0);
  }

  private Split split(int workers) {
    return Split.of(geometry.taps(), geometry.groupOutputs(), workers, kernels.lanes());
  }

  @Override
  public int parts(int workers) {
    return split(workers).parts();
  }

  @Override
  public int scratch() {
    return image.size() + Sheet.tileSize(kernels) + geometry.windows() * kernels.lanes();
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
      float[] scratch,
      Epilogue epilogue) {
    Split split = split(parts);
    if (part >= split.parts()) {
      return;
    }
    int tile = image.size();
    float[] pixels = image.isBare() ? x : scratch;
    var sheet = new Sheet(kernels, geometry.groupOutputs(), scratch, tile, pixels, y, kernel);
    sheet.bRow = geometry.outputs();
    boolean isFirst = true;
    for (int index = 0; index < geometry.batch() || isFirst; index++) {
      int start = xOffset + index * geometry.pixels() * geometry.inputs();
      if (!image.isBare() && geometry.batch() > 0) {
        image.copy(x, start, scratch, 0);
      }
      for (int group = 0; group < geometry.groups(); group++) {
        sheet.aOffset = (image.isBare() ? start : 0) + group * geometry.groupInputs();
        sheet.bOffset =
            yOffset
                + index * geometry.windows() * geometry.outputs()
                + group * geometry.groupOutputs();
        sheet.cOffset = kernelOffset + group * geometry.groupOutputs();
        image(sheet, split, part, scratch, tile, !isFirst);
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

  private void image(
      Sheet sheet, Split split, int part, float[] scratch, int tile, boolean accumulate) {
    int windows = geometry.batch() == 0 ? 0 : geometry.windows();
    int blocks = Math.max(1, Math.ceilDiv(windows, DEPTH));
    int depth = Math.max(1, Math.ceilDiv(windows, blocks));
    if (split.columnTo(part) == geometry.groupOutputs()) {
      sheet.packRest(windows, scratch, tile + Sheet.tileSize(kernels));
    }
    int k = 0;
    do {
      sheet.multiply(
          pass,
          split.rowFrom(part),
          split.rowTo(part),
          k,
          Math.min(windows, k + depth),
          split.columnFrom(part),
          split.columnTo(part),
          accumulate || k > 0);
      k += depth;
    } while (k < windows);
  }
}
