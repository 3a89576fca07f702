package dev.cajal.nn;

import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model layer by layer: what each gives, how many parameters it has, and how much it computes.
 *
 * <pre>{@code System.out.println(Summary.of(model, 28, 28, 1));}</pre>
 *
 * @param rows the layers that have no layers inside
 * @param parameters how many numbers the model has
 * @param assigned how many of them no gradient changes: running statistics
 * @param flops floating-point operations for one sample, of products twice one each; those in a
 *     loop as often as it has steps. A symbol counts once: one sample, one step of time
 */
public record Summary(List<Row> rows, long parameters, long assigned, double flops) {

  /**
   * A layer.
   *
   * @param output its shape, where that can be told: of layers with parameters, and of those in a
   *     {@link Sequential}; inside a loop that of one step
   */
  public record Row(
      String path, String type, Optional<Shape> output, long parameters, double flops) {}

  /** Of a model whose input is of these sizes for each sample. */
  public static Summary of(Layer model, Object... sample) {
    return of(model, DType.F32, sample);
  }

  /** Of a model whose input is of another dtype, such as the i32 of tokens. */
  public static Summary of(Layer model, DType dtype, Object... sample) {
    var sizes = new Object[sample.length + 1];
    sizes[0] = "batch";
    System.arraycopy(sample, 0, sizes, 1, sample.length);
    return new Tracing(model, Tensor.input("x", dtype, sizes)).summary();
  }

  @Override
  public String toString() {
    var table = new ArrayList<String[]>();
    Unit unit = Unit.of(flops);
    table.add(new String[] {"layer", "type", "output", "parameters", unit.label()});
    for (Row row : rows) {
      table.add(
          new String[] {
            row.path.isEmpty() ? "(the model)" : row.path,
            row.type,
            row.output.map(Shape::toString).orElse(""),
            row.parameters == 0 ? "" : text("%,d", row.parameters),
            row.flops == 0 ? "" : unit.text(row.flops)
          });
    }
    table.add(new String[] {"all", "", "", text("%,d", parameters), unit.text(flops)});
    var width = new int[5];
    for (String[] row : table) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    var lines = new ArrayList<String>();
    for (String[] row : table) {
      var line = new StringBuilder();
      for (int i = 0; i < width.length; i++) {
        String blanks = " ".repeat(width[i] - row[i].length());
        line.append(i == 0 ? "" : "  ").append(i < 3 ? row[i] + blanks : blanks + row[i]);
      }
      lines.add(line.toString().stripTrailing());
    }
    int whole = lines.stream().mapToInt(String::length).max().orElse(0);
    lines.add(1, "─".repeat(whole));
    lines.add(lines.size() - 1, "─".repeat(whole));
    if (assigned > 0) {
      lines.add(text("%,d of the parameters are running statistics", assigned));
    }
    return String.join("\n", lines);
  }

  /** What operations are counted in: the largest that the whole is at least one of. */
  private record Unit(String label, double size) {

    static Unit of(double flops) {
      return flops >= 1e9
          ? new Unit("Gflop", 1e9)
          : flops >= 1e6
              ? new Unit("Mflop", 1e6)
              : flops >= 1e3 ? new Unit("kflop", 1e3) : new Unit("flop", 1);
    }

    String text(double some) {
      return Summary.text(size == 1 ? "%,.0f" : "%,.3f", some / size);
    }
  }

  private static String text(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
