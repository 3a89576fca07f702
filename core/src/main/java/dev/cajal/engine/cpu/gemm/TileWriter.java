package dev.cajal.engine.cpu.gemm;

import dev.cajal.engine.cpu.emit.Code;
import dev.cajal.engine.cpu.emit.Value;
import java.lang.classfile.Label;
import java.util.function.Consumer;

/**
 * Writes the product of a few rows and a few vectors of columns: {@code C[r, c] = Σ A[r, k]·B[k,
 * c]}, or that added to what C holds. The shape is the one that C2 compiles well: each sum a local
 * variable of its own, one counted loop over k, and C touched once at the end.
 */
public final class TileWriter {
  private final Code code;
  private final int rows;
  private final int vectors;
  private final Value[] sums;

  /** Where the tile's numbers lie; the other methods write code that computes an index. */
  public interface Places {
    /** Writes loops over all k. */
    void each(Consumer<Value> body);

    /** Of A[r, k], from what {@link #column} gave for this k. */
    Value left(Value k, Value column, int row);

    /** What the elements of a column of A have in common. */
    Value column(Value k);

    /** Of B[k, 0]. */
    Value right(Value k);

    /** Of C[r, 0]. */
    Value[] results();
  }

  /** The arrays A, B and C. */
  public record Arrays(Value a, Value b, Value c) {}

  public TileWriter(Code code, int rows, int vectors) {
    this.code = code;
    this.rows = rows;
    this.vectors = vectors;
    this.sums = new Value[rows * vectors];
  }

  /**
   * Writes it.
   *
   * @param accumulate the number of the parameter that says whether to add to C
   */
  public void write(Arrays arrays, Places places, int accumulate) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.lanesOf(code.constant(0f));
    }
    places.each(k -> step(arrays, places, k));
    Value[] c = places.results();
    Label fresh = code.builder().newLabel();
    code.builder().iload(code.builder().parameterSlot(accumulate)).ifeq(fresh);
    for (int i = 0; i < sums.length; i++) {
      code.set(sums[i], code.plus(sums[i], code.load(arrays.c, at(c, i))));
    }
    code.builder().labelBinding(fresh);
    for (int i = 0; i < sums.length; i++) {
      code.store(arrays.c, at(c, i), sums[i]);
    }
  }

  private void step(Arrays arrays, Places places, Value k) {
    Value row = places.right(k);
    Value column = places.column(k);
    var b = new Value[vectors];
    for (int v = 0; v < vectors && rows > 1; v++) {
      b[v] = code.load(arrays.b, plus(row, v * code.lanes().count()));
    }
    for (int r = 0; r < rows; r++) {
      Value factor = code.broadcast(code.loadOne(arrays.a, places.left(k, column, r)));
      for (int v = 0; v < vectors; v++) {
        // With a single row each vector of B is needed once: one register serves them all.
        Value right = rows > 1 ? b[v] : code.load(arrays.b, plus(row, v * code.lanes().count()));
        Value sum = sums[r * vectors + v];
        code.set(sum, code.fma(factor, right, sum));
      }
    }
  }

  private Value at(Value[] c, int sum) {
    return plus(c[sum / vectors], sum % vectors * code.lanes().count());
  }

  private Value plus(Value index, int constant) {
    return constant == 0 ? index : code.plus(index, code.constant(constant));
  }
}
