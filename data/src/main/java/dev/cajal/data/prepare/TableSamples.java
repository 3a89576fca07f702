package dev.cajal.data.prepare;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** Rows of a table as numbers, row by row, wherever they lie. */
final class TableSamples implements Samples {
  /** As one array they are a little faster to get at. */
  private static final long SMALL = 1L << 24;

  private final MemorySegment[] pieces;
  private final int rowsOfPiece;
  private final int width;
  private final Array y;
  private final List<String> names;

  /**
   * @param pieces each of so many rows, but the last
   */
  TableSamples(
      List<MemorySegment> pieces, int rowsOfPiece, int width, Array y, List<String> names) {
    this.pieces = pieces.toArray(MemorySegment[]::new);
    this.rowsOfPiece = rowsOfPiece;
    this.width = width;
    this.y = y;
    this.names = names;
  }

  Samples inMemoryIfSmall() {
    return (long) size() * width <= SMALL ? part(0, size()) : this;
  }

  @Override
  public int size() {
    return y.rowCount();
  }

  @Override
  public List<String> features() {
    return names;
  }

  @Override
  public Batch rows(int... positions) {
    var x = new float[Math.multiplyExact(positions.length, width)];
    for (int i = 0; i < positions.length; i++) {
      long from = (long) (positions[i] % rowsOfPiece) * width * Float.BYTES;
      MemorySegment piece = pieces[positions[i] / rowsOfPiece];
      MemorySegment.copy(piece, ValueLayout.JAVA_FLOAT, from, x, i * width, width);
    }
    return new Batch(
        Array.wrap(x, Shape.of(positions.length, width)),
        y.rows(positions),
        Optional.empty(),
        names);
  }
}
