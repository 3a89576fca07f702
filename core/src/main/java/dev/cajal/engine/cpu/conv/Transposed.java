package dev.cajal.engine.cpu.conv;

import dev.cajal.engine.cpu.gemm.Epilogue;
import dev.cajal.tensor.Window.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient in the images: each pixel is a sum over the windows that cover it. Which elements of
 * these windows do depends on the pixel's place modulo the stride, so there is a pass for each such
 * place; A is y, or a padded copy of it, and B the kernel with its last two axes exchanged.
 */
final class Transposed implements Convolution {
  /**
   * The pixels of an axis at one place modulo the stride, and the elements of windows that cover
   * them.
   */
  private record Phase(
      int first, int count, int start, List<Integer> elements, List<Integer> shifts) {}

  private final WindowKernels kernels;
  private final Geometry geometry;
  private final Padded image;
  private final List<Pass> passes = new ArrayList<>();

  /** The elements of a window in the order of the passes. */
  private final List<Integer> places = new ArrayList<>();

  Transposed(WindowKernels kernels, Geometry geometry) {
    this.kernels = kernels;
    this.geometry = geometry;
    List<Phase> vertical = phases(geometry.vertical());
    List<Phase> horizontal = phases(geometry.horizontal());
    int top = before(vertical);
    int left = before(horizontal);
    int rows = geometry.vertical().windows();
    int columns = geometry.horizontal().windows();
    this.image =
        new Padded(
            rows,
            columns,
            geometry.outputs(),
            top,
            left,
            top + Math.max(rows, behind(vertical)),
            left + Math.max(columns, behind(horizontal)));
    for (Phase v : vertical) {
      for (Phase h : horizontal) {
        passes.add(pass(v, h));
      }
    }
  }

  /**
   * Element e of window w lies at pixel {@code w·stride + e·dilation - before}; so pixel p of the
   * phase with {@code p + before = stride·u + phase} is covered by window {@code u + (phase -
   * e·dilation) / stride}, where that is whole.
   */
  private static List<Phase> phases(Geometry.Axis axis) {
    Extent extent = axis.extent();
    var phases = new ArrayList<Phase>();
    for (int first = 0; first < Math.min(extent.stride(), axis.n()); first++) {
      int phase = (first + extent.before()) % extent.stride();
      var elements = new ArrayList<Integer>();
      var shifts = new ArrayList<Integer>();
      for (int e = 0; e < extent.size(); e++) {
        int distance = phase - e * extent.dilation();
        if (distance % extent.stride() == 0) {
          elements.add(e);
          shifts.add(distance / extent.stride());
        }
      }
      int count = Math.ceilDiv(axis.n() - first, extent.stride());
      int start = (first + extent.before()) / extent.stride();
      phases.add(new Phase(first, count, start, elements, shifts));
    }
    return phases;
  }

  /** How many windows before the first are asked for. */
  private static int before(List<Phase> phases) {
    return phases.stream()
        .flatMapToInt(p -> p.shifts.stream().mapToInt(shift -> -(p.start + shift)))
        .reduce(0, Math::max);
  }

  /** The window behind the last that is asked for. */
  private static int behind(List<Phase> phases) {
    return phases.stream()
        .flatMapToInt(p -> p.shifts.stream().mapToInt(shift -> p.start + p.count + shift))
        .reduce(0, Math::max);
  }

  private Pass pass(Phase v, Phase h) {
    int stride = geometry.horizontal().extent().stride();
    var rows = new int[v.count * h.count];
    var results = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = i / h.count;
      int column = i % h.count;
      rows[i] =
          (v.start + row + image.top()) * image.row()
              + (h.start + column + image.left()) * geometry.outputs();
      int pixelRow = v.first + row * geometry.vertical().extent().stride();
      int pixelColumn = h.first + column * stride;
      results[i] = (pixelRow * geometry.horizontal().n() + pixelColumn) * geometry.inputs();
    }
    int bRow = places.size() * geometry.groupOutputs();
    return new Pass(kernels, rows, results, steps(v, h), bRow, Integer.MAX_VALUE);
  }

  private int[] steps(Phase v, Phase h) {
    int outputs = geometry.groupOutputs();
    var steps = new int[v.elements.size() * h.elements.size() * outputs];
    int at = 0;
    for (int i = 0; i < v.elements.size(); i++) {
      for (int j = 0; j < h.elements.size(); j++) {
        places.add(v.elements.get(i) * geometry.horizontal().extent().size() + h.elements.get(j));
        for (int channel = 0; channel < outputs; channel++) {
          steps[at++] =
              v.shifts.get(i) * image.row() + h.shifts.get(j) * geometry.outputs() + channel;
        }
      }
    }
    return steps;
  }

  /** Whole images, since a pass has pixels from all over. */
  @Override
  public int parts(int workers) {
    return Math.clamp(geometry.batch(), 1, workers);
  }

  @Override
  public int scratch() {
    return image.size() + Sheet.tileSize(kernels) + geometry.groups() * kernelSize();
  }

  /** How many rows the transposed kernel has, and so each of its panels. */
  private int kernelRows() {
    return places.size() * geometry.groupOutputs();
  }

  private int kernelSize() {
    return kernels.packed(geometry.groupInputs(), kernelRows());
  }

  @Override
  public Sheet sheet() {
    return new Sheet(kernels, image.size(), kernelRows());
  }

  @Override
  public void run(
      float[] y,
      int yOffset,
      float[] kernel,
      int kernelOffset,
      float[] x,
      int xOffset,
      int part,
      int parts,
      Sheet sheet,
      Epilogue epilogue) {
    float[] scratch = sheet.scratch;
    int packed = image.size() + Sheet.tileSize(kernels);
    for (int group = 0; group < geometry.groups(); group++) {
      transpose(
          kernel,
          kernelOffset + group * geometry.groupOutputs(),
          scratch,
          packed + group * kernelSize());
    }
    float[] pixels = image.isBare() ? y : scratch;
    sheet.begin(pixels, x);
    int from = (int) ((long) geometry.batch() * part / parts);
    int to = (int) ((long) geometry.batch() * (part + 1) / parts);
    for (int index = from; index < to; index++) {
      int start = yOffset + index * geometry.windows() * geometry.outputs();
      if (!image.isBare()) {
        image.copy(y, start, scratch, 0);
      }
      int at = xOffset + index * geometry.pixels() * geometry.inputs();
      image(sheet, image.isBare() ? start : 0, packed, at);
      epilogue.apply(
          index * geometry.pixels(), (index + 1) * geometry.pixels(), 0, geometry.inputs());
    }
  }

  private void image(Sheet sheet, int yStart, int packed, int xStart) {
    int inputs = geometry.groupInputs();
    for (int group = 0; group < geometry.groups(); group++) {
      sheet.aOffset = yStart + group * geometry.groupOutputs();
      sheet.bOffset = packed + group * kernelSize();
      sheet.cOffset = xStart + group * inputs;
      for (Pass pass : passes) {
        sheet.multiply(pass, 0, pass.rows.length, 0, pass.starts.length, inputs, false);
      }
    }
  }

  /** Exchanges inputs and outputs of the kernel, panel by panel and element by element. */
  private void transpose(float[] kernel, int offset, float[] to, int toOffset) {
    int outputs = geometry.groupOutputs();
    int panel = kernels.panel();
    for (int j = 0; j < geometry.groupInputs(); j += panel) {
      int columns = Math.min(panel, geometry.groupInputs() - j);
      int width = Math.ceilDiv(columns, kernels.lanes()) * kernels.lanes();
      int at = toOffset + j * kernelRows();
      for (int place : places) {
        int from = offset + (place * geometry.groupInputs() + j) * geometry.outputs();
        kernels
            .packing()
            .panel(columns, outputs, kernel, from, geometry.outputs(), 1, to, at, width);
        at += outputs * width;
      }
    }
  }
}
