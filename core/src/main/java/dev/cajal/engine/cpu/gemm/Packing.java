package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * Copies parts of a matrix into panels: element (line, k) of a panel lies at {@code k · width +
 * line}. Lines are rows of A or columns of B, {@code line} apart from one to the next, and {@code
 * step} apart from one k to the next.
 *
 * <p>What a panel holds beyond its lines is arbitrary, as are up to two vectors behind it.
 */
public final class Packing {
  private final Lanes vector;
  private final int lanes;
  private final boolean isPlain;
  private final int[] pattern;

  /** Written when they are first needed: plain code never does. */
  private volatile @Nullable Movers movers;

  /** What moves vectors. */
  private record Movers(Transpose transpose, Copy copyOne, Copy copyTwo) {}

  public Packing(Lanes lanes) {
    this.lanes = lanes.sums();
    this.isPlain = !lanes.isVector();
    this.vector = lanes;
    this.pattern = MoverWriter.pattern(lanes.sums());
  }

  private Movers movers() {
    Movers its = movers;
    return its != null ? its : writeMovers();
  }

  private synchronized Movers writeMovers() {
    Movers its = movers;
    if (its == null) {
      its =
          new Movers(
              MoverWriter.transpose(vector),
              MoverWriter.copy(vector, 1),
              MoverWriter.copy(vector, 2));
      movers = its;
    }
    return its;
  }

  /** How many numbers a vector has. */
  int lanes() {
    return lanes;
  }

  /**
   * Packs into panels of so many lines that lie {@code width · toPanel} apart; the last is as wide
   * as the vectors that its lines fill.
   */
  public void panels(
      int lines,
      int k,
      float[] from,
      int offset,
      int line,
      int step,
      float[] to,
      int toOffset,
      int width,
      int toPanel) {
    int first = 0;
    if (!isPlain && line == 1 && step > 0 && (width == 2 * lanes || width == lanes)) {
      int panels = lines / width;
      (width == lanes ? movers().copyOne : movers().copyTwo)
          .copy(k, panels, from, offset, step, to, toOffset, width, width * toPanel);
      first = panels * width;
    }
    for (; first < lines; first += width) {
      int count = Math.min(width, lines - first);
      int vectors = Math.ceilDiv(count, lanes);
      int panel = toOffset + first * toPanel;
      panel(count, k, from, offset + first * line, line, step, to, panel, vectors * lanes);
    }
  }

  /** Packs into one panel, whose width is at most that of a vector or a multiple of it. */
  public void panel(
      int lines,
      int k,
      float[] from,
      int offset,
      int line,
      int step,
      float[] to,
      int toOffset,
      int width) {
    if (isPlain) {
      plain(lines, 0, k, from, offset, line, step, to, toOffset, width);
    } else if (step == 1 && line > 0) {
      transposed(lines, k, from, offset, line, to, toOffset, width);
    } else if (line == 1 && step > 0) {
      copied(lines, k, from, offset, step, to, toOffset, width);
    } else {
      plain(lines, 0, k, from, offset, line, step, to, toOffset, width);
    }
  }

  private void transposed(
      int lines, int k, float[] from, int offset, int line, float[] to, int toOffset, int width) {
    int squares = k / lanes;
    for (int first = 0; first < lines; first += lanes) {
      int live = Math.min(lanes, lines - first);
      int start = offset + first * line;
      movers()
          .transpose
          .transpose(squares, live, from, start, line, to, toOffset + first, width, pattern);
    }
    plain(lines, squares * lanes, k, from, offset, line, 1, to, toOffset, width);
  }

  private void copied(
      int lines, int k, float[] from, int offset, int step, float[] to, int toOffset, int width) {
    int count;
    for (int first = 0; first < lines; first += count) {
      boolean two = lines - first > lanes;
      int piece = two ? 2 * lanes : lanes;
      count = Math.min(piece, lines - first);
      int start = offset + first;
      int target = toOffset + first;
      // Reading whole vectors must not go beyond the end of the array.
      int fit = from.length - start - piece;
      int whole = fit < 0 ? 0 : Math.min(k, fit / step + 1);
      (two ? movers().copyTwo : movers().copyOne)
          .copy(whole, 1, from, start, step, to, target, width, 0);
      plain(count, whole, k, from, start, 1, step, to, target, width);
    }
  }

  private static void plain(
      int lines,
      int fromK,
      int toK,
      float[] from,
      int offset,
      int line,
      int step,
      float[] to,
      int toOffset,
      int width) {
    for (int k = fromK; k < toK; k++) {
      int source = offset + k * step;
      int target = toOffset + k * width;
      for (int i = 0; i < lines; i++) {
        to[target + i] = from[source + i * line];
      }
    }
  }

  /** {@code to[j, i] = from[i, j]} of contiguous rows, and nothing beside. */
  void transpose(
      int rows,
      int columns,
      float[] from,
      int offset,
      int row,
      float[] to,
      int toOffset,
      int toRow) {
    int wholeRows = isPlain ? 0 : rows / lanes * lanes;
    int squares = columns / lanes;
    for (int i = 0; i < wholeRows; i += lanes) {
      movers()
          .transpose
          .transpose(squares, lanes, from, offset + i * row, row, to, toOffset + i, toRow, pattern);
    }
    plain(wholeRows, squares * lanes, columns, from, offset, row, 1, to, toOffset, toRow);
    int below = offset + wholeRows * row;
    plain(rows - wholeRows, 0, columns, from, below, row, 1, to, toOffset + wholeRows, toRow);
  }
}
