package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.tensor.Window.Extent;

/**
 * The convolution: a product with a row for each window, in which A is the images, read where they
 * lie, or where their padded copies do, and B the kernel as it is.
 */
final class Forward implements Convolution {
  /** How many numbers of y are final before the epilogue sees them. */
  private static final int REGION = 1 << 15;

  private final WindowKernels kernels;
  private final Geometry geometry;
  private final Padded image;
  private final Pass pass;

  Forward(WindowKernels kernels, Geometry geometry) {
    this.kernels = kernels;
    this.geometry = geometry;
    this.image = image(geometry);
    this.pass =
        new Pass(
            kernels,
            windows(geometry, image),
            results(geometry),
            taps(geometry, image),
            0,
            Integer.MAX_VALUE);
  }

  /** The images with as much around them as windows reach. */
  static Padded image(Geometry g) {
    Geometry.Axis v = g.vertical();
    Geometry.Axis h = g.horizontal();
    return new Padded(
        v.n(),
        h.n(),
        g.inputs(),
        v.extent().before(),
        h.extent().before(),
        v.covered(),
        h.covered());
  }

  /** Where windows begin. */
  static int[] windows(Geometry g, Padded image) {
    var starts = new int[g.windows()];
    for (int i = 0; i < starts.length; i++) {
      int row = i / g.horizontal().windows() * g.vertical().extent().stride();
      int column = i % g.horizontal().windows() * g.horizontal().extent().stride();
      starts[i] = row * image.row() + column * g.inputs();
    }
    return starts;
  }

  /** Where a window's elements lie from its beginning: rows, columns, inputs of the first group. */
  static int[] taps(Geometry g, Padded image) {
    Extent v = g.vertical().extent();
    Extent h = g.horizontal().extent();
    int channels = g.groupInputs();
    var taps = new int[g.taps()];
    for (int i = 0; i < taps.length; i++) {
      int place = i / channels;
      int row = place / h.size() * v.dilation();
      int column = place % h.size() * h.dilation();
      taps[i] = row * image.row() + column * g.inputs() + i % channels;
    }
    return taps;
  }

  private static int[] results(Geometry g) {
    var starts = new int[g.windows()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * g.outputs();
    }
    return starts;
  }

  @Override
  public int parts(int workers) {
    int tiles = Math.ceilDiv(geometry.windows(), kernels.tiling().rows());
    return Math.clamp((long) geometry.batch() * tiles, 1, workers);
  }

  @Override
  public int scratch() {
    return image.size() + Sheet.tileSize(kernels) + kernelSize() * geometry.groups();
  }

  /** How many numbers the panels of a group's kernel have. */
  private int kernelSize() {
    return kernels.packed(geometry.groupOutputs(), geometry.taps());
  }

  @Override
  public Sheet sheet() {
    return new Sheet(kernels, image.size(), geometry.taps());
  }

  @Override
  public void run(
      float[] x,
      int xOffset,
      float[] kernel,
      int kernelOffset,
      float[] y,
      int yOffset,
      int part,
      int parts,
      Sheet sheet,
      Epilogue epilogue) {
    float[] scratch = sheet.scratch;
    float[] pixels = image.isBare() ? x : scratch;
    sheet.begin(pixels, y);
    pack(kernel, kernelOffset, scratch);
    int windows = geometry.windows();
    long from = start(part, parts);
    long end = start(part + 1, parts);
    while (from < end) {
      int index = (int) (from / windows);
      int first = (int) (from % windows);
      int last = (int) Math.min(windows, first + end - from);
      int start = xOffset + index * geometry.pixels() * geometry.inputs();
      if (!image.isBare()) {
        image.copy(x, start, scratch, 0);
      }
      int at = image.isBare() ? start : 0;
      image(sheet, index, first, last, at, yOffset, epilogue);
      from += last - first;
    }
  }

  /** Where a part begins, counted in windows of all images: at the beginning of a tile. */
  private long start(int part, int parts) {
    int windows = geometry.windows();
    long start = (long) geometry.batch() * windows * part / parts;
    return start - start % windows % kernels.tiling().rows();
  }

  private void pack(float[] kernel, int offset, float[] scratch) {
    int to = image.size() + Sheet.tileSize(kernels);
    int columns = geometry.groupOutputs();
    for (int group = 0; group < geometry.groups(); group++) {
      int from = offset + group * columns;
      kernels.pack(columns, geometry.taps(), kernel, from, geometry.outputs(), scratch, to);
      to += kernelSize();
    }
  }

  private void image(
      Sheet sheet, int index, int first, int last, int xStart, int yOffset, Epilogue epilogue) {
    int rows = kernels.tiling().rows();
    int most = Math.max(rows, REGION / geometry.outputs() / rows * rows);
    int packed = image.size() + Sheet.tileSize(kernels);
    int outputs = geometry.groupOutputs();
    for (int i = first; i < last; i += most) {
      int end = Math.min(last, i + most);
      for (int group = 0; group < geometry.groups(); group++) {
        sheet.aOffset = xStart + group * geometry.groupInputs();
        sheet.bOffset = packed + group * kernelSize();
        sheet.cOffset = yOffset + index * geometry.windows() * geometry.outputs() + group * outputs;
        sheet.multiply(pass, i, end, 0, pass.starts.length, outputs, false);
      }
      int before = index * geometry.windows();
      epilogue.apply(before + i, before + end, 0, geometry.outputs());
    }
  }
}
